using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// Names as Zipkin lists them: lower-case, sorted, each once. Services that differ only by case are one service, as they are in Zipkin, which
/// lower-cases what it stores.
/// </summary>
internal sealed class ZipkinNames(ISpanStore store)
{
    /// <summary>Edges between lower-case names, summed where names differed only by case.</summary>
    public static IEnumerable<ServiceEdge> Normalize(IReadOnlyList<ServiceEdge> edges) => edges
        .GroupBy(static edge => (Parent: edge.Parent.ToLowerInvariant(), Child: edge.Child.ToLowerInvariant()))
        .Select(static same => new ServiceEdge(same.Key.Parent, same.Key.Child, same.Sum(static edge => edge.CallCount), same.Sum(static edge => edge.ErrorCount)));

    public async Task<IReadOnlyList<string>> ServicesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> services = await store.GetServicesAsync(TimeRange.All, cancellationToken);
        // To Zipkin a span without a service name has none, not one that is called so.
        return Normalize(services.Where(static service => service != AttributeKeys.UnknownService));
    }

    public async Task<IReadOnlyList<string>> SpansAsync(string service, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (string spelling in await SpellingsAsync(service, cancellationToken))
            names.AddRange((await store.GetOperationsAsync(spelling, TimeRange.All, cancellationToken)).Select(static operation => operation.Name));
        return Normalize(names);
    }

    public async Task<IReadOnlyList<string>> RemoteServicesAsync(string service, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (string spelling in await SpellingsAsync(service, cancellationToken))
            names.AddRange(await store.GetRemoteServicesAsync(spelling, TimeRange.All, cancellationToken));
        return Normalize(names);
    }

    private async Task<IEnumerable<string>> SpellingsAsync(string service, CancellationToken cancellationToken) =>
        (await store.GetServicesAsync(TimeRange.All, cancellationToken)).Where(name => name.Equals(service, StringComparison.OrdinalIgnoreCase));

    private static string[] Normalize(IEnumerable<string> names) =>
        [.. names.Where(static name => name.Length > 0).Select(static name => name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
}
