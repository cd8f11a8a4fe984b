using Clew.Model;

namespace Clew.Storage;

/// <summary>Services, operations and remote services of some spans, in the orders <see cref="ISpanStore"/> promises. Immutable.</summary>
internal sealed class SpanNames
{
    private readonly Operation[] operations;
    private readonly ILookup<string, Operation> operationsByService;
    private readonly ILookup<string, string> remotesByService;

    public SpanNames(IEnumerable<Operation> operations, IEnumerable<RemoteName> remotes)
    {
        Operation[] all = [.. operations];
        Services = [.. all.Select(operation => operation.Service).Distinct().Order(StringComparer.Ordinal)];
        this.operations = [.. all.Where(operation => operation.Name.Length > 0)
            .OrderBy(operation => operation.Name, StringComparer.Ordinal)
            .ThenBy(operation => operation.Kind)
            .ThenBy(operation => operation.Service, StringComparer.Ordinal)];
        operationsByService = this.operations.ToLookup(operation => operation.Service);
        remotesByService = remotes.OrderBy(name => name.Remote, StringComparer.Ordinal).ToLookup(name => name.Service, name => name.Remote);
    }

    public IReadOnlyList<string> Services { get; }

    public IReadOnlyList<Operation> OperationsOf(string? service) => service is null ? operations : [.. operationsByService[service]];

    public IReadOnlyList<string> RemoteServicesOf(string service) => [.. remotesByService[service]];

    public static Operation OperationOf(Span span) => new(span.ServiceName, span.Name, span.Kind);

    /// <summary>Null when the span names no remote side.</summary>
    public static RemoteName? RemoteNameOf(Span span) =>
        span.RemoteServiceName is { Length: > 0 } remote ? new RemoteName(span.ServiceName, remote) : null;

    /// <summary>A service named as the remote side by spans of another.</summary>
    internal readonly record struct RemoteName(string Service, string Remote);
}
