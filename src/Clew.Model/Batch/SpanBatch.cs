using System.Runtime.CompilerServices;

namespace Clew.Model;

/// <summary>
/// The spans of one request on the write side: tables of rows whose names and values are slices of the decompressed
/// payload, so nothing is allocated per span. Filled by a decoder through a <see cref="SpanBatchBuilder"/>, checked by the pipeline,
/// read by a store. It lives until its builder starts the next batch: a store copies what it keeps.
/// One thread at a time.
/// </summary>
public sealed class SpanBatch
{
    private byte[] arena = [];

    internal SpanBatch(SpanBatchLimits limits)
    {
        Limits = limits;
        Spans = new(nameof(limits.SpansMax), limits.SpansMax, 512);
        SpanAttributes = new(nameof(limits.SpanAttributesMax), limits.SpanAttributesMax, 4096);
        OtherAttributes = new(nameof(limits.OtherAttributesMax), limits.OtherAttributesMax, 256);
        Elements = new(nameof(limits.ElementsMax), limits.ElementsMax, 16);
        Events = new(nameof(limits.EventsMax), limits.EventsMax, 64);
        Links = new(nameof(limits.LinksMax), limits.LinksMax, 16);
        // One more than the limit: row 0 is the empty row.
        Resources = new(nameof(limits.ResourcesMax), limits.ResourcesMax + 1, 16);
        Scopes = new(nameof(limits.ResourcesMax), limits.ResourcesMax + 1, 16);
        Endpoints = new(nameof(limits.ResourcesMax), limits.ResourcesMax + 1, 16);
    }

    public SpanBatchLimits Limits { get; }

    public BatchFormat Format { get; internal set; }

    /// <summary>The decompressed payload that slices point into.</summary>
    public ReadOnlyMemory<byte> Payload { get; internal set; }

    /// <summary>The body exactly as received (possibly compressed): what a write-ahead log records. Empty when the payload came so.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public BodyEncoding BodyEncoding { get; private set; }

    /// <summary>Whether the rows are no longer what decoding the payload gives: a log then has to keep the rows.</summary>
    public bool IsChanged { get; private set; }

    public RowTable<SpanRow> Spans { get; }

    public RowTable<AttributeRow> SpanAttributes { get; }

    /// <summary>Attributes of resources, scopes, events and links. Apart from the spans' so that each owner's stay contiguous whatever order fields arrive in.</summary>
    public RowTable<AttributeRow> OtherAttributes { get; }

    /// <summary>Items of array and key-value-list values.</summary>
    public RowTable<AttributeRow> Elements { get; }

    public RowTable<EventRow> Events { get; }

    public RowTable<LinkRow> Links { get; }

    public RowTable<ResourceRow> Resources { get; }

    public RowTable<ScopeRow> Scopes { get; }

    public RowTable<EndpointRow> Endpoints { get; }

    /// <summary>The bytes a slice stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(Utf8Slice slice) =>
        slice.IsArena ? arena.AsSpan(~slice.Offset, slice.Length) : Payload.Span.Slice(slice.Offset, slice.Length);

    /// <summary>The same for very many slices, without looking each time at what kind of memory the payload is.</summary>
    public SliceBytes Slices => new(Payload.Span, arena);

    /// <summary>Records the body as received and its compression, beside the payload already decoded from it.</summary>
    public void SetBody(ReadOnlyMemory<byte> body, BodyEncoding encoding)
    {
        Body = body;
        BodyEncoding = encoding;
    }

    /// <summary>Says that rows were removed or rewritten after decoding.</summary>
    public void MarkChanged() => IsChanged = true;

    internal byte[] Arena
    {
        get => arena;
        set => arena = value;
    }

    internal void Clear()
    {
        // A warm table keeps room for an ordinary large request (8 Ki spans of 16 attributes); one giant must not pin its memory.
        const int keptSpansMax = 8192;
        Payload = default;
        Body = default;
        BodyEncoding = BodyEncoding.Identity;
        IsChanged = false;
        Format = BatchFormat.None;
        Spans.Clear(keptSpansMax);
        SpanAttributes.Clear(keptSpansMax * 16);
        OtherAttributes.Clear(keptSpansMax * 2);
        Elements.Clear(keptSpansMax);
        Events.Clear(keptSpansMax);
        Links.Clear(keptSpansMax);
        Resources.Clear(keptSpansMax);
        Scopes.Clear(keptSpansMax);
        Endpoints.Clear(keptSpansMax);
        Resources.Add();
        Scopes.Add();
        Endpoints.Add();
    }
}
