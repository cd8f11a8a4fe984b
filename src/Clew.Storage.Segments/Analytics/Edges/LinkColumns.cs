using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The columns of a table that say who calls whom. One thread at a time.</summary>
internal sealed class LinkColumns
{
    private const int NoEndpointName = -2;

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

    public LinkRow Read(int row) => new(
        row, Table.SpanIdOf(row), Table.ParentOf(row), Table.StartNsOf(row), Local(localServices[row], resourceServices[row]), (SpanKind)kinds[row], IsShared(traits[row]));

    /// <summary>Reads the rows from <paramref name="start"/> on, as many as there is room for.</summary>
    public void Read(int start, Span<LinkRow> rows)
    {
        int count = rows.Length;
        Span<ulong> ids = stackalloc ulong[count], parents = stackalloc ulong[count];
        Span<long> startsNs = stackalloc long[count];
        Span<int> endpoints = stackalloc int[count], resources = stackalloc int[count];
        Span<uint> kindCodes = stackalloc uint[count], traitCodes = stackalloc uint[count];
        Table.ReadSpanIds(start, ids);
        Table.ReadParents(start, parents);
        Table.ReadStartsNs(start, startsNs);
        localServices.Read(start, endpoints);
        resourceServices.Read(start, resources);
        kinds.Unpack(start, kindCodes);
        traits.Unpack(start, traitCodes);
        for (int i = 0; i < count; i++)
        {
            rows[i] = new LinkRow(
                start + i, new SpanId(ids[i]), new SpanId(parents[i]), startsNs[i], Local(endpoints[i], resources[i]), (SpanKind)kindCodes[i], IsShared(traitCodes[i]));
        }
    }

    /// <summary>The service on the other side, or <see cref="ServiceNumbers.None"/>.</summary>
    public int RemoteOf(int row) => remoteServices[row] is var service and not NoEndpointName ? service : services.Of(peers.Of(row));

    public bool HasError(int row) => (StatusCode)statuses[row] == StatusCode.Error || (errors.Of(row) is { } error && error != "false");

    /// <summary>The whole span, for the few traces that columns are not enough for.</summary>
    public Span Assemble(int row) => (assembler ??= new SpanAssembler(Table)).Read(row);

    private static int Local(int endpoint, int resource) => endpoint != NoEndpointName ? endpoint : resource;

    private static bool IsShared(uint traits) => ((SpanTraits)traits & SpanTraits.Shared) != 0;

    private int EndpointService(ReadOnlySpan<byte> endpoint) =>
        endpoint.IsEmpty || RowBlobs.ReadEndpoint(endpoint).ServiceName is not { } name ? NoEndpointName : services.Of(name);
}
