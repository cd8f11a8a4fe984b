using System.Text.RegularExpressions;

namespace Clew.Server.Web;

/// <summary>Colours the few samples: strings, comments and the words all of them share. Not a parser.</summary>
internal static partial class CodeColors
{
    /// <summary>Parts of the code with the class of each; empty for plain text.</summary>
    public static IEnumerable<(string Kind, string Text)> Split(string code)
    {
        int plain = 0;
        foreach (Match match in Token().Matches(code))
        {
            if (match.Index > plain)
                yield return ("", code[plain..match.Index]);
            yield return (match.Groups["str"].Success ? "k-str" : "k-kw", match.Value);
            plain = match.Index + match.Length;
        }
        if (plain < code.Length)
            yield return ("", code[plain..]);
    }

    [GeneratedRegex("""(?<str>"[^"\n]*")|(?<kw>\b(?:var|using|new|if|return|defer)\b(?=\s))""", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
