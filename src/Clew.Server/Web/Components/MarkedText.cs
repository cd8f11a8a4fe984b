namespace Clew.Server.Web;

/// <summary>Cuts a text where terms are found in it, in any case; the longest term wins where several begin.</summary>
internal static class MarkedText
{
    public static IEnumerable<(string Part, bool IsMatch)> Split(string text, IReadOnlyList<string> terms)
    {
        int plain = 0;
        for (int i = 0; terms.Count > 0 && i < text.Length;)
        {
            int length = terms.Where(term => string.Compare(text, i, term, 0, term.Length, StringComparison.OrdinalIgnoreCase) == 0).Select(term => term.Length).DefaultIfEmpty().Max();
            if (length == 0)
            {
                i++;
                continue;
            }
            if (i > plain)
                yield return (text[plain..i], false);
            yield return (text.Substring(i, length), true);
            i += length;
            plain = i;
        }
        if (plain < text.Length)
            yield return (text[plain..], false);
    }
}
