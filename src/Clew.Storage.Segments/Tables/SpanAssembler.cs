using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>
/// Makes spans of a table's rows: exactly those that were written. Resources, scopes, names and shapes become one object each, shared by the spans that have
/// them, so many rows of few traces read quickly. One thread at a time.
/// </summary>
internal sealed class SpanAssembler
{
    private readonly SpanTable table;
    private readonly DecodedColumn<string> names;
    private readonly DecodedColumn<string> statusMessages;
    private readonly DecodedColumn<string> traceStates;
    private readonly DecodedColumn<Resource> resources;
    private readonly DecodedColumn<Scope> scopes;
    private readonly DecodedColumn<Endpoint?> localEndpoints;
    private readonly DecodedColumn<Endpoint?> remoteEndpoints;
    private readonly BitPackedInts kinds;
    private readonly BitPackedInts statuses;
    private readonly BitPackedInts traits;
    private readonly Int64Column durationsNs;
    private readonly Int64Column flags;
    private readonly Int64Column droppedAttributesCounts;
    private readonly Int64Column droppedEventsCounts;
    private readonly Int64Column droppedLinksCounts;
    private readonly AttributeAssembler attributes;
    private readonly EventAssembler events;
    private readonly LinkAssembler links;

    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public SpanAssembler(SpanTable table)
    {
        this.table = table;
        names = new(table.Names, Encoding.UTF8.GetString);
        statusMessages = new(table.StatusMessages, Encoding.UTF8.GetString);
        traceStates = new(table.TraceStates, Encoding.UTF8.GetString);
        resources = new(table.Resources, RowBlobs.ReadResource);
        scopes = new(table.Scopes, RowBlobs.ReadScope);
        localEndpoints = new(table.LocalEndpoints, ReadEndpoint);
        remoteEndpoints = new(table.RemoteEndpoints, ReadEndpoint);
        kinds = table.Kinds;
        statuses = table.Statuses;
        traits = table.Traits;
        durationsNs = table.DurationsNs;
        flags = table.Flags;
        droppedAttributesCounts = table.DroppedAttributesCounts;
        droppedEventsCounts = table.DroppedEventsCounts;
        droppedLinksCounts = table.DroppedLinksCounts;
        attributes = new(table.Attributes);
        events = new(table.Events);
        links = new(table.Links);
    }

    /// <exception cref="SegmentFormatException">What the columns say of the row cannot be what was written.</exception>
    public Span Read(int row)
    {
        long startNs = table.StartNsOf(row);
        return new Span
        {
            TraceId = table.Traces.IdOf(table.Traces.TraceOf(row)),
            SpanId = table.SpanIdOf(row),
            ParentSpanId = table.ParentOf(row),
            Name = names[row],
            Kind = (SpanKind)kinds[row],
            StartNs = startNs,
            DurationNs = durationsNs[row],
            Status = (StatusCode)statuses[row],
            StatusMessage = statusMessages[row],
            TraceState = traceStates[row],
            Flags = (uint)flags[row],
            Traits = (SpanTraits)traits[row],
            Resource = resources[row],
            Scope = scopes[row],
            Attributes = attributes.Read(row),
            Events = events.Read(row, startNs),
            Links = links.Read(row),
            DroppedAttributesCount = (uint)droppedAttributesCounts[row],
            DroppedEventsCount = (uint)droppedEventsCounts[row],
            DroppedLinksCount = (uint)droppedLinksCounts[row],
            LocalEndpoint = localEndpoints[row],
            RemoteEndpoint = remoteEndpoints[row],
        };
    }

    private static Endpoint? ReadEndpoint(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : RowBlobs.ReadEndpoint(bytes);
}
