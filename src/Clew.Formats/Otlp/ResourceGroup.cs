using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>The spans of one scope of one resource, in the order they came.</summary>
internal sealed record ScopeGroup(Scope Scope, List<Span> Spans);

/// <summary>The spans of one resource, by scope in order of first appearance.</summary>
internal sealed class ResourceGroup(Resource resource)
{
    private readonly Dictionary<Scope, ScopeGroup> byScope = [];
    private ScopeGroup? last;

    public Resource Resource => resource;

    public List<ScopeGroup> Scopes { get; } = [];

    /// <summary>Arranges spans as OTLP nests them: equal resources and scopes stand once, in order of first appearance.</summary>
    public static List<ResourceGroup> Of(IEnumerable<Span> spans)
    {
        var byResource = new Dictionary<Resource, ResourceGroup>();
        var groups = new List<ResourceGroup>();
        ResourceGroup? last = null;
        foreach (Span span in spans)
        {
            // Readers share one object among the spans of a resource, so comparing contents is rarely needed.
            if (!ReferenceEquals(last?.Resource, span.Resource) && !byResource.TryGetValue(span.Resource, out last))
            {
                last = new ResourceGroup(span.Resource);
                byResource.Add(span.Resource, last);
                groups.Add(last);
            }
            last!.Add(span);
        }
        return groups;
    }

    private void Add(Span span)
    {
        if (!ReferenceEquals(last?.Scope, span.Scope) && !byScope.TryGetValue(span.Scope, out last))
        {
            last = new ScopeGroup(span.Scope, []);
            byScope.Add(span.Scope, last);
            Scopes.Add(last);
        }
        last!.Spans.Add(span);
    }
}
