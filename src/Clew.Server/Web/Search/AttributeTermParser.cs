using System.Text;
using System.Text.RegularExpressions;
using Clew.Query;

namespace Clew.Server.Web;

/// <summary>
/// Reads the attributes box: terms separated by white space, each <c>key=value</c> as in logfmt, with <c>!=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>,
/// <c>&lt;=</c>, <c>=~</c> and <c>!~</c> beside; values with spaces in double quotes, <c>\"</c> and <c>\\</c> inside; a key alone asks that
/// it is there. Values compare by their text, as numbers where both are, because the box cannot know types.
/// </summary>
internal ref struct AttributeTermParser
{
    // One AND of conditions; a query string is at most 8 KiB anyway.
    private const int MaxTerms = 64;

    // Longest first, so that ">=" is not read as ">".
    private static readonly (string Text, ComparisonOperator Operator)[] Operators =
    [
        ("!=", ComparisonOperator.NotEqual), ("=~", ComparisonOperator.Regex), ("!~", ComparisonOperator.NotRegex), (">=", ComparisonOperator.GreaterOrEqual),
        ("<=", ComparisonOperator.LessOrEqual), ("=", ComparisonOperator.Equal), (">", ComparisonOperator.Greater), ("<", ComparisonOperator.Less),
    ];

    private readonly ReadOnlySpan<char> text;
    private int position;

    private AttributeTermParser(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>All terms, or the first problem.</summary>
    public static SearchProblem? TryParse(string text, out List<AttributeTerm> terms)
    {
        terms = [];
        var parser = new AttributeTermParser(text);
        while (parser.SkipSpace())
        {
            if (terms.Count == MaxTerms)
                return new SearchProblem(SearchField.Attributes, SearchProblemKind.TooMany, MaxTerms.ToString());
            if (parser.ReadTerm(out AttributeTerm term) is { } problem)
                return problem;
            terms.Add(term);
        }
        return null;
    }

    /// <summary>Writes a term that reads back as the same key and value.</summary>
    public static string Write(string key, string comparison, string value)
    {
        // A leading ~ or = would become part of the comparison.
        bool quote = value.Length == 0 || value[0] is '~' or '=' || value.Any(static c => c == '"' || char.IsWhiteSpace(c));
        return quote ? $"{key}{comparison}\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : key + comparison + value;
    }

    private bool SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
        return position < text.Length;
    }

    private SearchProblem? ReadTerm(out AttributeTerm term)
    {
        term = default;
        int start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && !IsOperatorHere())
            position++;
        string key = text[start..position].ToString();
        if (key.Length == 0 || key.Contains('"', StringComparison.Ordinal))
            return Problem(SearchProblemKind.MissingKey, start, text[start..Math.Min(text.Length, start + 12)]);
        if (!ReadOperator(out ComparisonOperator comparison))
        {
            term = new AttributeTerm(start, position - start, new SpanCondition.Exists(SearchKey.Of(key)));
            return null;
        }

        int valueStart = position;
        SearchProblem? problem = ReadValue(out string value);
        if (problem is not null)
            return problem;
        if (comparison is ComparisonOperator.Regex or ComparisonOperator.NotRegex && !IsRegex(value))
            return Problem(SearchProblemKind.Regex, valueStart, value);
        if (!SearchKey.TryCompare(key, comparison, value, out SpanCondition? condition))
            return Problem(SearchProblemKind.Duration, valueStart, value);
        term = new AttributeTerm(start, position - start, condition);
        return null;
    }

    private readonly bool IsOperatorHere()
    {
        ReadOnlySpan<char> rest = text[position..];
        return rest[0] is '=' or '<' or '>' || rest.StartsWith("!=") || rest.StartsWith("!~");
    }

    private bool ReadOperator(out ComparisonOperator comparison)
    {
        foreach ((string word, ComparisonOperator candidate) in Operators)
        {
            if (text[position..].StartsWith(word))
            {
                position += word.Length;
                comparison = candidate;
                return true;
            }
        }
        comparison = default;
        return false;
    }

    private SearchProblem? ReadValue(out string value)
    {
        int start = position;
        if (position < text.Length && text[position] == '"')
            return ReadQuoted(out value);
        while (position < text.Length && !char.IsWhiteSpace(text[position]))
            position++;
        value = text[start..position].ToString();
        return value.Length > 0 ? null : Problem(SearchProblemKind.MissingValue, start, "");
    }

    private SearchProblem? ReadQuoted(out string value)
    {
        int start = position++;
        var unescaped = new StringBuilder();
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (c == '"')
            {
                position++;
                value = unescaped.ToString();
                return null;
            }
            if (c == '\\' && position + 1 < text.Length && text[position + 1] is '"' or '\\')
                c = text[++position];
            unescaped.Append(c);
        }
        value = "";
        return Problem(SearchProblemKind.OpenQuote, start, text[start..]);
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static SearchProblem Problem(SearchProblemKind kind, int index, ReadOnlySpan<char> detail) =>
        new(SearchField.Attributes, kind, detail.ToString(), index + 1);
}
