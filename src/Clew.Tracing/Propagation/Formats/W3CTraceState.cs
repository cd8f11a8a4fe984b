using System.Buffers;

namespace Clew.Tracing.Propagation;

/// <summary>The header <c>tracestate</c>: what each tracing system adds for itself (W3C Trace Context Level 2, section 3.3).</summary>
public static class W3CTraceState
{
    /// <summary>List members a header may have (section 3.3.1.1); one with more is dropped whole.</summary>
    public const int MaxMembers = 32;

    /// <summary>Characters read. The specification asks for at least 512 and sets no upper bound; this is what servers commonly allow a header to be.</summary>
    public const int MaxLength = 8192;

    private const int MaxPartLength = 256;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-*/@");
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code).Where(c => c is not (',' or '='))]);

    /// <summary>
    /// Whether the whole list follows the grammar: members <c>key=value</c>, no key twice, at most <see cref="MaxMembers"/>; empty members are allowed. By
    /// section 4.3 a list that does not is dropped as a whole while its traceparent stands.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return false;
        Span<Range> keys = stackalloc Range[MaxMembers];
        int count = 0;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> member = text[range].Trim(" \t");
            if (member.IsEmpty)
                continue;
            int equals = member.IndexOf('=');
            if (count == MaxMembers || equals < 0 || !IsKey(member[..equals]) || !IsValue(member[(equals + 1)..]))
                return false;
            int start = range.Start.GetOffset(text.Length) + text[range].IndexOf(member[0]);
            for (int i = 0; i < count; i++)
            {
                if (text[keys[i]].SequenceEqual(member[..equals]))
                    return false;
            }
            keys[count++] = new Range(start, start + equals);
        }
        return count > 0;
    }

    private static bool IsKey(ReadOnlySpan<char> key) =>
        key.Length is > 0 and <= MaxPartLength && (char.IsAsciiLetterLower(key[0]) || char.IsAsciiDigit(key[0])) && !key.ContainsAnyExcept(KeyCharacters);

    private static bool IsValue(ReadOnlySpan<char> value) => value.Length is > 0 and <= MaxPartLength && !value.ContainsAnyExcept(ValueCharacters);
}
