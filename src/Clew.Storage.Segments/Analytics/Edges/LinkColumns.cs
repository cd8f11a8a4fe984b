using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The columns of a table that say who calls whom. One thread at a time.</summary>
internal sealed class LinkColumns
{
    private readonly ServiceNumbers services;
    private readonly BitPackedInts kinds;
    private readonly BitPackedInts statuses;
    private readonly BitPackedInts traits;
    private readonly ServiceColumn resourceServices;
    private readonly ServiceColumn localServices;
    private readonly ServiceColumn remoteServices;
    private readonly FirstValue peers;
    private readonly FirstValue errors;
    private SpanAssembler? assembler;

    /// <param name="table">The table.</param>
    /// <param name="services">Numbers of services.</param>
    /// <param name="readsMostRows">Whether most rows will be read, or few.</param>
    public LinkColumns(SpanTable table, ServiceNumbers services, bool readsMostRows)
    {
        Table = table;
        this.services = services;
        kinds = table.Kinds;
        statuses = table.Statuses;
        traits = table.Traits;
        resourceServices = new(table.Services, bytes => services.Of(Encoding.UTF8.GetString(bytes)));
        localServices = new(table.LocalEndpoints, EndpointService);
        remoteServices = new(table.RemoteEndpoints, EndpointService);
        peers = new(table.Attributes, AttributeKeys.PeerService, readsMostRows);
        errors = new(table.Attributes, "error", readsMostRows);
    }

    public SpanTable Table { get; }

    public LinkRow Read(int row) =>
        RowOf(row, Table.SpanIdOf(row).Value, Table.ParentOf(row).Value, Table.StartNsOf(row), (localServices[row], resourceServices[row], remoteServices[row]), (kinds[row], statuses[row], traits[row]));

    /// <summary>Reads the rows from <paramref name="start"/> on, as many as there is room for.</summary>
    public void Read(int start, Span<LinkRow> rows)
    {
        int count = rows.Length;
        Span<ulong> ids = stackalloc ulong[count], parents = stackalloc ulong[count];
        Span<long> startsNs = stackalloc long[count];
        Span<int> locals = stackalloc int[count], resources = stackalloc int[count], remotes = stackalloc int[count];
        Span<uint> kindCodes = stackalloc uint[count], statusCodes = stackalloc uint[count], traitCodes = stackalloc uint[count];
        Table.ReadSpanIds(start, ids);
        Table.ReadParents(start, parents);
        Table.ReadStartsNs(start, startsNs);
        localServices.Read(start, locals);
        resourceServices.Read(start, resources);
        remoteServices.Read(start, remotes);
        kinds.Unpack(start, kindCodes);
        statuses.Unpack(start, statusCodes);
        traits.Unpack(start, traitCodes);
        for (int i = 0; i < count; i++)
            rows[i] = RowOf(start + i, ids[i], parents[i], startsNs[i], (locals[i], resources[i], remotes[i]), (kindCodes[i], statusCodes[i], traitCodes[i]));
    }

    /// <summary>The service that an attribute says is on the other side, or <see cref="ServiceNumbers.None"/>.</summary>
    public int PeerOf(int row) => services.Of(peers.Of(row));

    public bool HasErrorAttribute(int row) => errors.Of(row) is { } error && error != "false";

    /// <summary>The whole span, for the few traces that columns are not enough for.</summary>
    public Span Assemble(int row) => (assembler ??= new SpanAssembler(Table)).Read(row);

    private static LinkRow RowOf(
        int row, ulong id, ulong parent, long startNs, (int Local, int Resource, int Remote) services, (uint Kind, uint Status, uint Traits) codes) => new(
            row,
            new SpanId(id),
            new SpanId(parent),
            startNs,
            services.Local != LinkRow.NoEndpointName ? services.Local : services.Resource,
            services.Remote,
            (SpanKind)codes.Kind,
            ((SpanTraits)codes.Traits & SpanTraits.Shared) != 0,
            (StatusCode)codes.Status == StatusCode.Error);

    private int EndpointService(ReadOnlySpan<byte> endpoint) =>
        endpoint.IsEmpty || RowBlobs.ReadEndpoint(endpoint).ServiceName is not { } name ? LinkRow.NoEndpointName : services.Of(name);
}
