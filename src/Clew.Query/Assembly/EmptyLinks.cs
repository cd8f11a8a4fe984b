using Clew.Model;

namespace Clew.Query;

/// <summary>Removes links that lead nowhere: those without a trace id.</summary>
internal static class EmptyLinks
{
    private const string Warning = "Invalid span link removed";

    public static Span Remove(Span span)
    {
        SpanLink[] kept = [.. span.Links.Where(static link => !link.TraceId.IsZero)];
        int removed = span.Links.Count - kept.Length;
        if (removed == 0)
            return span;
        span = span with { Links = new EquatableList<SpanLink>(kept) };
        for (int i = 0; i < removed; i++)
            span = span.WithWarning(Warning);
        return span;
    }
}
