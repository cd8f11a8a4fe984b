using Clew.Model;

namespace Clew.Server.Web;

/// <summary>
/// The find box of a trace, with the rules of Jaeger's: terms divided by white space outside double quotes; a span matches when any term is found, in any case, in
/// its service, name, or in a key, a value or <c>key=value</c> of its attributes, events or resource, or is its id; <c>-key</c>
/// leaves keys that contain it out.
/// </summary>
public sealed class SpanFind
{
    private const int MaxTerms = 32;

    private readonly List<string> terms = [];
    private readonly List<string> ignoredKeys = [];

    public SpanFind(string text)
    {
        foreach (string term in Split(text).Take(MaxTerms))
        {
            if (term.Length > 1 && term[0] == '-')
                ignoredKeys.Add(term[1..]);
            else
                terms.Add(term);
        }
    }

    public IReadOnlyList<string> Terms => terms;

    public bool IsEmpty => terms.Count == 0;

    public bool Matches(Span span)
    {
        foreach (string term in terms)
        {
            if (Contains(span.ServiceName, term) || Contains(span.Name, term) || span.SpanId.ToString().Equals(term, StringComparison.OrdinalIgnoreCase)
                || Matches(span.Attributes, term) || Matches(span.Resource.Attributes, term)
                || span.Events.Any(item => Contains(item.Name, term) || Matches(item.Attributes, term)))
                return true;
        }
        return false;
    }

    private bool Matches(AttributeList attributes, string term)
    {
        foreach (KeyValue item in attributes.AsSpan())
        {
            if (ignoredKeys.Any(key => Contains(item.Key, key)))
                continue;
            // "key=value" finds the key and the value too, unless the term spans the sign.
            if (Contains(item.ToString(), term))
                return true;
        }
        return false;
    }

    private static bool Contains(string text, string term) => text.Contains(term, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Split(string text)
    {
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                quoted = !quoted;
            else if (i < text.Length && (quoted || !char.IsWhiteSpace(text[i])))
                continue;
            string term = text[start..i].Replace("\"", "", StringComparison.Ordinal);
            bool ends = i == text.Length || char.IsWhiteSpace(text[i]);
            if (!ends)
                continue;
            start = i + 1;
            if (term.Length > 0)
                yield return term;
        }
    }
}
