namespace Clew.Server.Api.Jaeger.Filters;

/// <summary>
/// Regular expressions of filters: RE2's syntax, found anywhere in the value, in the case they are written in. What Jaeger refuses because its stores do not agree on
/// it is refused here too: anchors, word boundaries, lazy quantifiers, flags (Jaeger RFC 0005 §5.3).
/// </summary>
internal static class FilterPattern
{
    /// <returns>The pattern for matching whole texts, as <see cref="Query.QueryPattern"/> does.</returns>
    /// <exception cref="FormatException">It uses something of the above.</exception>
    public static string WholeText(string pattern)
    {
        if (Refused(pattern) is { } what)
            throw new FormatException($"the regular expression {GoText.Quote(pattern)} uses {what}, which filters do not allow");
        return $@"[\s\S]*(?:{pattern})[\s\S]*";
    }

    private static string? Refused(string pattern)
    {
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            switch (pattern[i])
            {
                case '\\':
                    if (!inClass && next is 'b' or 'B')
                        return "a word boundary";
                    if (!inClass && next is 'A' or 'z' or 'Z')
                        return "an anchor";
                    i++;
                    break;
                case '[' when !inClass:
                    inClass = true;
                    // A bracket that comes first stands for itself.
                    i += next == '^' ? 1 : 0;
                    i += i + 1 < pattern.Length && pattern[i + 1] == ']' ? 1 : 0;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '^' or '$' when !inClass:
                    return "an anchor";
                case '*' or '+' or '?' or '}' when !inClass && next == '?':
                    return "a lazy quantifier";
                case '(' when !inClass && next == '?' && !pattern.AsSpan(i + 2).StartsWith(":"):
                    return "a flag or a group that is not plain";
                default:
                    break;
            }
        }
        return null;
    }
}
