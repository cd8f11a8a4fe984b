using System.Text;

namespace Clew.Storage.Segments;

/// <summary>
/// Finds bytes that stand in every text a regular expression matches, so that most texts need not be given to it. Where it is not sure it finds none: what counts are
/// plain ASCII characters outside of groups and classes that no quantifier makes optional, in a pattern without alternatives on its outermost level and without
/// options set within it.
/// </summary>
internal static class RequiredLiteral
{
    // Escapes of one letter, for what is no certain character. Of others the operands would have to be told from text.
    private const string PlainEscapes = "dDwWsSbBAzZGntrfvae";

    // No ASCII, so no character that could be meant.
    private const char NoCharacter = '\uFFFE', Unknown = '\uFFFF';

    /// <param name="pattern">A valid pattern, matched with regard to case.</param>
    /// <returns>The longest such bytes; null when none are certain.</returns>
    public static byte[]? Of(string pattern)
    {
        if (HasOptions(pattern))
            return null;
        var run = new StringBuilder();
        string longest = "";
        for (int at = 0; at < pattern.Length;)
        {
            char next = pattern[at];
            int after = at + 1;
            if (next is '|' or ')')
                return null;
            if (next == '\\' && after < pattern.Length)
                next = Escaped(pattern[after++]);
            else if (next is '.' or '^' or '$' || !char.IsAscii(next))
                next = NoCharacter;
            else if (next == '(')
                (next, after) = (NoCharacter, EndOfGroup(pattern, at));
            else if (next == '[')
                (next, after) = (NoCharacter, EndOfClass(pattern, at));
            else if (next is '*' or '+' or '?' or '{')
                (next, after) = (NoCharacter, EndOfQuantifier(pattern, at, run));
            if (next == Unknown || after < 0)
                return null;
            if (next != NoCharacter)
                run.Append(next);
            if (next == NoCharacter || after >= pattern.Length)
            {
                if (run.Length > longest.Length)
                    longest = run.ToString();
                run.Clear();
            }
            at = after;
        }
        return longest.Length == 0 ? null : Encoding.ASCII.GetBytes(longest);
    }

    // "(?i)" and the like change what stands behind, "(?#" and "(?x)" even where something ends.
    private static bool HasOptions(string pattern)
    {
        for (int at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            if (at + 2 >= pattern.Length || pattern[at + 2] != ':')
                return true;
        }
        return false;
    }

    private static char Escaped(char character) =>
        char.IsAsciiLetterOrDigit(character) || character == '_' || !char.IsAscii(character)
            ? PlainEscapes.Contains(character, StringComparison.Ordinal) ? NoCharacter : Unknown
            : character;

    // What may come no time at all is not required; "+" leaves it once. A brace that is no quantifier only costs what stands before it.
    private static int EndOfQuantifier(string pattern, int at, StringBuilder run)
    {
        if (pattern[at] != '+' && run.Length > 0)
            run.Length--;
        if (pattern[at] != '{')
            return at + 1;
        int end = at + 1;
        while (end < pattern.Length && (char.IsAsciiDigit(pattern[end]) || pattern[end] == ','))
            end++;
        return end < pattern.Length && pattern[end] == '}' ? end + 1 : at + 1;
    }

    private static int EndOfGroup(string pattern, int at)
    {
        int depth = 0;
        while (at >= 0 && at < pattern.Length)
        {
            switch (pattern[at])
            {
                case '\\':
                    at += 2;
                    continue;
                case '[':
                    at = EndOfClass(pattern, at);
                    continue;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return at + 1;
            }
            at++;
        }
        return -1;
    }

    private static int EndOfClass(string pattern, int at)
    {
        at++;
        if (at < pattern.Length && pattern[at] == '^')
            at++;
        // At the beginning it is one of the characters.
        if (at < pattern.Length && pattern[at] == ']')
            at++;
        while (at < pattern.Length)
        {
            switch (pattern[at])
            {
                case '\\':
                    at += 2;
                    continue;
                case '[':
                    // Perhaps another class taken away from this one.
                    return -1;
                case ']':
                    return at + 1;
            }
            at++;
        }
        return -1;
    }
}
