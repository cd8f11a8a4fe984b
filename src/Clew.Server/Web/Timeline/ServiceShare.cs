namespace Clew.Server.Web;

/// <summary>A service's part of the work of a trace.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Color">Its class.</param>
/// <param name="Percent">Self time of its spans, of the self time of all.</param>
public readonly record struct ServiceShare(string Service, string Color, double Percent)
{
    /// <summary>Largest first.</summary>
    internal static IReadOnlyList<ServiceShare> Of(TraceTree tree, ServiceColors colors)
    {
        var selfNs = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (TraceNode node in tree.Nodes)
        {
            if (node.Span is { } span)
                selfNs[span.ServiceName] = selfNs.GetValueOrDefault(span.ServiceName) + SpanSigns.SelfNs(node);
        }
        double total = selfNs.Values.Sum();
        return total == 0 ? [] :
        [
            .. selfNs.Select(pair => new ServiceShare(pair.Key, colors.ClassOf(pair.Key), 100 * pair.Value / total))
                .OrderByDescending(share => share.Percent).ThenBy(share => share.Service, StringComparer.Ordinal),
        ];
    }
}
