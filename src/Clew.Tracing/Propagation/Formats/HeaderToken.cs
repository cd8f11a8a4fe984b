using System.Buffers;

namespace Clew.Tracing.Propagation;

/// <summary>The token of RFC 9110, section 5.6.2: what a header's name and a baggage key are made of.</summary>
internal static class HeaderToken
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsValid(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Characters);
}
