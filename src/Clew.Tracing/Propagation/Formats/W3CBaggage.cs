using System.Text;

namespace Clew.Tracing.Propagation;

/// <summary>The header <c>baggage</c>: <c>key=value;property, …</c> with percent-encoded values (W3C Baggage, section 3.3).</summary>
public static class W3CBaggage
{
    /// <summary>
    /// The valid members in order, without their properties; null where there are none. A member that is not valid is passed over. At most 64 members
    /// and 8192 characters are kept, the amounts everybody has to carry (section 3.3.2), and no more characters are looked at.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string?>>? Parse(ReadOnlySpan<char> text)
    {
        var list = new BaggageList();
        Parse(text, ref list);
        return list.Items;
    }

    internal static void Parse(ReadOnlySpan<char> text, ref BaggageList list)
    {
        // A member cut in two must not become a shorter one.
        if (text.Length > BaggageList.MaxLength)
            text = text[..Math.Max(0, text[..BaggageList.MaxLength].LastIndexOf(','))];
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> member = text[range];
            int properties = member.IndexOf(';');
            if (properties >= 0)
                member = member[..properties];
            int equals = member.IndexOf('=');
            if (equals < 0)
                continue;
            ReadOnlySpan<char> key = member[..equals].Trim(" \t");
            if (HeaderToken.IsValid(key))
                list.Add(key, Uri.UnescapeDataString(member[(equals + 1)..].Trim(" \t")));
        }
    }

    /// <summary>
    /// The header for <paramref name="items"/>; null where there is nothing to write. Items whose key is not a token cannot be written and are left out,
    /// as is what goes beyond 64 members or 8192 characters.
    /// </summary>
    public static string? Write(IEnumerable<KeyValuePair<string, string?>> items)
    {
        StringBuilder? text = null;
        int count = 0;
        foreach ((string key, string? value) in items)
        {
            if (count == BaggageList.MaxMembers)
                break;
            if (!HeaderToken.IsValid(key))
                continue;
            string member = $"{key}={Uri.EscapeDataString(value ?? "")}";
            if (member.Length + 1 + (text?.Length ?? 0) > BaggageList.MaxLength)
                continue;
            text ??= new StringBuilder();
            text.Append(count++ == 0 ? "" : ",").Append(member);
        }
        return text?.ToString();
    }
}
