using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The columns of a table that say who calls whom. What a code stands for is decoded once. One thread at a time.</summary>
internal sealed class LinkColumns
{
    private const int NoEndpointName = -2;

    private readonly ServiceNumbers services;
    private readonly BitPackedInts kinds;
    private readonly BitPackedInts statuses;
    private readonly BitPackedInts traits;
    private readonly DecodedColumn<int> resourceServices;
    private readonly DecodedColumn<int> localServices;
    private readonly DecodedColumn<int> remoteServices;
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

    public void Read(int row, out LinkSpan span) => span = new LinkSpan
    {
        Columns = this,
        Row = row,
        Id = Table.SpanIdOf(row),
        ParentId = Table.ParentOf(row),
        Kind = (SpanKind)kinds[row],
        IsShared = ((SpanTraits)traits[row] & SpanTraits.Shared) != 0,
        Local = LocalOf(row),
    };

    /// <summary>The service on the other side, or <see cref="ServiceNumbers.None"/>.</summary>
    public int RemoteOf(int row) => remoteServices[row] is var service and not NoEndpointName ? service : services.Of(peers.Of(row));

    public bool HasError(int row) => (StatusCode)statuses[row] == StatusCode.Error || (errors.Of(row) is { } error && error != "false");

    /// <summary>The whole span, for the few traces that columns are not enough for.</summary>
    public Span Assemble(int row) => (assembler ??= new SpanAssembler(Table)).Read(row);

    private int LocalOf(int row) => localServices[row] is var service and not NoEndpointName ? service : resourceServices[row];

    private int EndpointService(ReadOnlySpan<byte> endpoint) =>
        endpoint.IsEmpty || RowBlobs.ReadEndpoint(endpoint).ServiceName is not { } name ? NoEndpointName : services.Of(name);
}
