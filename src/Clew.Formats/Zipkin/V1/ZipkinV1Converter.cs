using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>
/// Turns v1 spans into rows. In v1 one span could hold both sides of a call, told apart by the endpoints of its annotations, and its kind and times stood in
/// core annotations (<c>cs</c>, <c>sr</c>, …); in v2 each side is a span. The rules are those by which Zipkin itself reads v1. What Zipkin then leaves out for want of a form
/// (binary annotations that are not text) stays here as a typed attribute.
/// <para>Rented by one thread at a time; allocates nothing once warm.</para>
/// </summary>
internal sealed partial class ZipkinV1Converter : IDisposable
{
    // Annotations that are no event of any part: core annotations, addresses.
    private const int Nowhere = -1;

    [ThreadStatic]
    private static ZipkinV1Converter? idle;

    private readonly ZipkinV1Parts parts = new();
    private SpanBatch batch = null!;
    private ZipkinV1Marks marks;

    private ZipkinV1Converter()
    {
    }

    /// <summary>What a decoder fills between <see cref="Begin"/> and <see cref="Complete"/>.</summary>
    public ZipkinV1Span Span { get; } = new();

    public static ZipkinV1Converter Rent(SpanBatch batch)
    {
        ZipkinV1Converter converter = idle ?? new ZipkinV1Converter();
        idle = null;
        converter.batch = batch;
        return converter;
    }

    public void Dispose()
    {
        Span.Clear();
        batch = null!;
        idle = this;
    }

    public ZipkinV1Span Begin()
    {
        Span.Clear();
        marks = default;
        return Span;
    }

    /// <summary>Adds the rows of <see cref="Span"/> to the batch.</summary>
    public void Complete(ref ZipkinRows rows)
    {
        parts.Start(Span.Common, batch);
        PlaceAnnotations();
        ConcludeStart(ref marks.ClientSend, marks.ClientReceive);
        ConcludeStart(ref marks.ServerReceive, marks.ServerSend);
        TimeCall();
        TimeMessage();
        PlaceTags();
        for (int part = 0; part < parts.Count; part++)
            Write(part, ref rows);
    }

    private void PlaceAnnotations()
    {
        Span<ZipkinV1Annotation> annotations = CollectionsMarshal.AsSpan(Span.Annotations);
        for (int i = 0; i < annotations.Length; i++)
        {
            ref ZipkinV1Annotation annotation = ref annotations[i];
            int part = parts.Of(annotation.Endpoint);
            annotation.Part = part;
            var mark = new ZipkinV1Mark(annotation.TimeNs, annotation.Endpoint, part, i);
            if (!mark.IsSet || !marks.TryTake(batch.Bytes(annotation.Value), mark, out SpanKind kind))
                continue;
            annotation.Part = Nowhere;
            if (kind != SpanKind.Unspecified)
                parts[part].Kind = kind;
        }
    }

    /// <summary>An end that lies where the span as a whole ends says that the span's start is the start that is missing.</summary>
    private void ConcludeStart(ref ZipkinV1Mark start, in ZipkinV1Mark end)
    {
        if (!start.IsSet && end.IsSet && HasTimes && Span.Common.StartNs + Span.Common.DurationNs == end.TimeNs)
            start = end with { TimeNs = Span.Common.StartNs, Annotation = Nowhere };
    }

    private void PlaceTags()
    {
        int clientAddress = 0;
        int serverAddress = 0;
        int messageAddress = 0;
        foreach (ref ZipkinV1Tag tag in CollectionsMarshal.AsSpan(Span.Tags))
        {
            ReadOnlySpan<byte> key = batch.Bytes(tag.Attribute.Key);
            tag.Part = Nowhere;
            // Whatever the value: true by the book, but old Ruby tracers send "true" or "1".
            if (tag.Endpoint != 0 && key.SequenceEqual("ca"u8))
                clientAddress = tag.Endpoint;
            else if (tag.Endpoint != 0 && key.SequenceEqual("sa"u8))
                serverAddress = tag.Endpoint;
            else if (tag.Endpoint != 0 && key.SequenceEqual("ma"u8))
                messageAddress = tag.Endpoint;
            else
                tag.Part = parts.Of(tag.Endpoint);
            // An empty "lc" (local component) only carried the endpoint.
            if (key.SequenceEqual("lc"u8) && tag.Attribute is { Type: AttributeType.String, Slice.IsEmpty: true })
                tag.Part = Nowhere;
        }
        SetRemotes(clientAddress, serverAddress, messageAddress);
    }

    private void Write(int part, ref ZipkinRows rows)
    {
        ref SpanRow row = ref parts[part];
        int eventsStart = batch.Events.Count;
        int attributesStart = batch.SpanAttributes.Count;
        foreach (ref readonly ZipkinV1Annotation annotation in CollectionsMarshal.AsSpan(Span.Annotations))
        {
            if (annotation.Part == part)
                batch.Events.Add(new EventRow { TimeNs = annotation.TimeNs, Name = annotation.Value });
        }
        foreach (ref readonly ZipkinV1Tag tag in CollectionsMarshal.AsSpan(Span.Tags))
        {
            if (tag.Part != part)
                continue;
            batch.SpanAttributes.Add(tag.Attribute);
            ZipkinSpanRules.ReadError(ref row, tag.Attribute, batch);
        }
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        // Two clocks may disagree about the order of start and end; and no end may lie beyond what the model's clock can show.
        row.DurationNs = Math.Clamp(row.DurationNs, 0, long.MaxValue - row.StartNs);
        row.Resource = rows.Resource(row.LocalEndpoint);
        ZipkinSpanRules.Normalise(ref row);
        batch.Spans.Add(row);
    }
}
