using Clew.Model;

namespace Clew.Server.Api.Jaeger;

/// <summary>Trace ids as Jaeger takes them since 2.20 (api_v3 always): up to 32 hex digits, or 8 or 16 bytes in base64, either alphabet, padded or not.</summary>
internal static class TraceIdText
{
    private const int Base64CharsMax = 24;

    /// <summary>Digits that could be either are read as hex, which is what clients send.</summary>
    public static bool TryParse(string text, out TraceId id) => TraceId.TryParse(text, out id) || TryParseBase64(text, out id);

    private static bool TryParseBase64(string text, out TraceId id)
    {
        id = default;
        if (text.Length > Base64CharsMax)
            return false;
        string standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        Span<byte> bytes = stackalloc byte[Base64CharsMax];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out int written)
            && TraceId.TryFromBytes(bytes[..written], out id);
    }
}
