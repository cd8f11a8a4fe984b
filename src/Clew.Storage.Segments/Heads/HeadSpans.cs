namespace Clew.Storage.Segments.Heads;

/// <summary>The growing columns every span has. One thread adds, any number take snapshots of a part.</summary>
internal sealed partial class HeadSpans
{
    public AppendBuffer<ulong> SpanIds { get; } = new();

    public AppendBuffer<ulong> Parents { get; } = new();

    public AppendBuffer<long> StartsNs { get; } = new();

    public AppendBuffer<long> DurationsNs { get; } = new();

    public AppendBuffer<byte> Kinds { get; } = new();

    public AppendBuffer<byte> Statuses { get; } = new();

    public AppendBuffer<byte> Traits { get; } = new();

    public CodeColumnBuilder Services { get; } = new(isText: true);

    public CodeColumnBuilder Names { get; } = new(isText: true);

    public CodeColumnBuilder StatusMessages { get; } = new(isText: true);

    public CodeColumnBuilder TraceStates { get; } = new(isText: true);

    public CodeColumnBuilder Resources { get; } = new(isText: false);

    public CodeColumnBuilder Scopes { get; } = new(isText: false);

    public CodeColumnBuilder LocalEndpoints { get; } = new(isText: false);

    public CodeColumnBuilder RemoteEndpoints { get; } = new(isText: false);

    public NumberColumnBuilder Flags { get; } = new();

    public NumberColumnBuilder DroppedAttributesCounts { get; } = new();

    public NumberColumnBuilder DroppedEventsCounts { get; } = new();

    public NumberColumnBuilder DroppedLinksCounts { get; } = new();

    public void AddSizes(ref HeapSizes sizes)
    {
        sizes.HeapBytes += SpanIds.HeapBytes + Parents.HeapBytes + StartsNs.HeapBytes + DurationsNs.HeapBytes + Kinds.HeapBytes + Statuses.HeapBytes + Traits.HeapBytes;
        Services.AddSizes(ref sizes);
        Names.AddSizes(ref sizes);
        StatusMessages.AddSizes(ref sizes);
        TraceStates.AddSizes(ref sizes);
        Resources.AddSizes(ref sizes);
        Scopes.AddSizes(ref sizes);
        LocalEndpoints.AddSizes(ref sizes);
        RemoteEndpoints.AddSizes(ref sizes);
        Flags.AddSizes(ref sizes);
        DroppedAttributesCounts.AddSizes(ref sizes);
        DroppedEventsCounts.AddSizes(ref sizes);
        DroppedLinksCounts.AddSizes(ref sizes);
    }
}
