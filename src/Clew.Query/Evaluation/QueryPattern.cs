using System.Text.RegularExpressions;

namespace Clew.Query;

/// <summary>
/// Makes the regular expressions of queries. They come from anyone who can ask a question, so they run on the non-backtracking engine,
/// whose time is linear in the text and which bounds the size of its automaton (10,000 nodes), and are bounded in length.
/// </summary>
public static class QueryPattern
{
    /// <summary>Longest pattern in UTF-16 units.</summary>
    public const int LengthMax = 1_000;

    /// <summary>A regular expression that matches whole texts only.</summary>
    /// <exception cref="QueryException">Not a regular expression, longer than <see cref="LengthMax"/>, or it needs backtracking (look-around, back-references).</exception>
    public static Regex Compile(string pattern, bool ignoreCase)
    {
        if (pattern.Length > LengthMax)
            throw new QueryException($"The regular expression has {pattern.Length} characters; at most {LengthMax} are allowed.");
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            // On its own first: within the anchors "a)|(b" would become another, valid expression.
            _ = new Regex(pattern, options);
            return new Regex($@"\A(?:{pattern})\z", options);
        }
        catch (ArgumentException exception)
        {
            throw new QueryException($"The regular expression is not valid: {exception.Message}", exception);
        }
        catch (NotSupportedException exception)
        {
            throw new QueryException($"The regular expression '{pattern}' is not supported: look-around, back-references, atomic groups and very long counted repetitions cannot be used.", exception);
        }
    }
}
