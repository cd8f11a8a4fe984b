using System.Net;

namespace Clew.Tracing.Propagation;

/// <summary>Baggage of Jaeger's clients: one header <c>uberctx-key: value</c> each, and <c>jaeger-baggage: key=value,…</c> for requests made by hand.</summary>
public static class JaegerBaggage
{
    /// <summary>What the name of a baggage header begins with.</summary>
    public const string Prefix = "uberctx-";

    /// <summary>A value of a baggage header: URL-encoded, where <c>+</c> is a space (as Go's and Java's clients write it).</summary>
    public static string DecodeValue(string value) => WebUtility.UrlDecode(value);

    /// <summary>The value as every client reads it.</summary>
    public static string EncodeValue(string value) => Uri.EscapeDataString(value);

    /// <summary>The pairs of the header <c>jaeger-baggage</c>, whose values are not encoded; pairs without <c>=</c> are passed over.</summary>
    internal static void ParseList(ReadOnlySpan<char> text, ref BaggageList list)
    {
        if (text.Length > BaggageList.MaxLength)
            return;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> pair = text[range].Trim(" \t");
            int equals = pair.IndexOf('=');
            if (equals > 0)
                list.Add(pair[..equals].Trim(" \t"), pair[(equals + 1)..].Trim(" \t").ToString());
        }
    }
}
