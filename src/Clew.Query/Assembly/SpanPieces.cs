using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Query;

/// <summary>
/// The pieces of one span, gathered to be put together. The first piece that knows a field decides it; attributes, events and links are united, a later
/// attribute replacing an earlier one of its key.
/// </summary>
internal sealed class SpanPieces
{
    private readonly List<Span> pieces;
    private SpanHost host;

    public SpanPieces(Span first, SpanHost firstHost)
    {
        pieces = [first];
        host = firstHost;
    }

    /// <summary>Takes the piece if it is of the same half and its host may be the same as that of all pieces so far.</summary>
    public bool TryAdd(Span piece, SpanHost pieceHost)
    {
        if (((pieces[0].Traits ^ piece.Traits) & SpanTraits.Shared) != 0 || !host.MayBe(pieceHost))
            return false;
        host = host.With(pieceHost);
        pieces.Add(piece);
        return true;
    }

    public Span ToSpan()
    {
        Span merged = pieces[0];
        foreach (Span piece in CollectionsMarshal.AsSpan(pieces)[1..])
            merged = Combine(merged, piece);
        return pieces.Count == 1 ? merged : merged with
        {
            Attributes = UniteAttributes(),
            Events = Unite(static piece => piece.Events),
            Links = Unite(static piece => piece.Links),
        };
    }

    private static Span Combine(Span first, Span second) => first with
    {
        ParentSpanId = first.ParentSpanId.IsZero ? second.ParentSpanId : first.ParentSpanId,
        Name = First(first.Name, second.Name),
        Kind = first.Kind == SpanKind.Unspecified ? second.Kind : first.Kind,
        StartNs = first.StartNs != 0 ? first.StartNs : second.StartNs,
        DurationNs = first.DurationNs != 0 ? first.DurationNs : second.DurationNs,
        // Unset < Ok < Error: what one piece knows to have failed has failed.
        Status = (StatusCode)Math.Max((byte)first.Status, (byte)second.Status),
        StatusMessage = First(first.StatusMessage, second.StatusMessage),
        TraceState = First(first.TraceState, second.TraceState),
        Flags = first.Flags | second.Flags,
        Traits = first.Traits | second.Traits,
        Resource = first.Resource.ServiceName is null && second.Resource.ServiceName is not null ? second.Resource : first.Resource,
        Scope = first.Scope.Equals(Scope.None) ? second.Scope : first.Scope,
        LocalEndpoint = Combine(first.LocalEndpoint, second.LocalEndpoint),
        RemoteEndpoint = Combine(first.RemoteEndpoint, second.RemoteEndpoint),
        DroppedAttributesCount = Math.Max(first.DroppedAttributesCount, second.DroppedAttributesCount),
        DroppedEventsCount = Math.Max(first.DroppedEventsCount, second.DroppedEventsCount),
        DroppedLinksCount = Math.Max(first.DroppedLinksCount, second.DroppedLinksCount),
    };

    private static Endpoint? Combine(Endpoint? first, Endpoint? second) => first is null || second is null
        ? first ?? second
        : new Endpoint(first.ServiceName ?? second.ServiceName, first.Ipv4 ?? second.Ipv4, first.Ipv6 ?? second.Ipv6, first.Port != 0 ? first.Port : second.Port);

    private static string First(string first, string second) => first.Length > 0 ? first : second;

    // A span that was sent twice keeps its attributes to the letter, repeated keys included.
    private AttributeList UniteAttributes()
    {
        if (pieces.TrueForAll(piece => piece.Attributes.Equals(pieces[0].Attributes)))
            return pieces[0].Attributes;
        var united = new OrderedDictionary<string, AttributeValue>();
        foreach (KeyValue item in pieces.SelectMany(static piece => piece.Attributes))
            united[item.Key] = item.Value;
        return new AttributeList([.. united.Select(static item => new KeyValue(item.Key, item.Value))]);
    }

    private EquatableList<T> Unite<T>(Func<Span, EquatableList<T>> list) where T : IEquatable<T>
    {
        EquatableList<T> first = list(pieces[0]);
        return pieces.TrueForAll(piece => list(piece).Equals(first)) ? first : new EquatableList<T>([.. pieces.SelectMany(list).Distinct()]);
    }
}
