namespace Clew.Storage.Segments.Heads;

/// <summary>The growing columns every span has. One thread adds, any number take snapshots of a part.</summary>
internal sealed partial class HeadSpans(ColumnMemory memory)
{
    public AppendBuffer<ulong> SpanIds { get; } = new(memory["spanIds"]);

    public AppendBuffer<ulong> Parents { get; } = new(memory["parents"]);

    public AppendBuffer<long> StartsNs { get; } = new(memory["startsNs"]);

    public AppendBuffer<long> DurationsNs { get; } = new(memory["durationsNs"]);

    public AppendBuffer<byte> Kinds { get; } = new(memory["kinds"]);

    public AppendBuffer<byte> Statuses { get; } = new(memory["statuses"]);

    public AppendBuffer<byte> Traits { get; } = new(memory["traits"]);

    public CodeColumnBuilder Services { get; } = new(memory["services"], isText: true);

    public CodeColumnBuilder Names { get; } = new(memory["names"], isText: true);

    public CodeColumnBuilder StatusMessages { get; } = new(memory["statusMessages"], isText: true);

    public CodeColumnBuilder TraceStates { get; } = new(memory["traceStates"], isText: true);

    public CodeColumnBuilder Resources { get; } = new(memory["resources"], isText: false);

    public CodeColumnBuilder Scopes { get; } = new(memory["scopes"], isText: false);

    public CodeColumnBuilder LocalEndpoints { get; } = new(memory["localEndpoints"], isText: false);

    public CodeColumnBuilder RemoteEndpoints { get; } = new(memory["remoteEndpoints"], isText: false);

    public NumberColumnBuilder Flags { get; } = new(memory["flags"]);

    public NumberColumnBuilder DroppedAttributesCounts { get; } = new(memory["droppedAttributesCounts"]);

    public NumberColumnBuilder DroppedEventsCounts { get; } = new(memory["droppedEventsCounts"]);

    public NumberColumnBuilder DroppedLinksCounts { get; } = new(memory["droppedLinksCounts"]);
}
