using System.Buffers;

namespace Clew.Server.Configuration.Kinds;

/// <summary>A path prefix; <c>/</c> stands for none and is the empty string inside.</summary>
internal sealed class PathPrefixKind : ValueKind<string>
{
    // Unreserved characters of RFC 3986 and the slash: whatever else stands there would have to be escaped in every link.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public override string Shape => "/PATH";

    public override string Parse(string text, ClewOptions options)
    {
        if (!text.StartsWith('/') || text.Contains("//", StringComparison.Ordinal) || text.AsSpan().ContainsAnyExcept(Allowed))
            throw new FormatException("expected a path such as /traces, or / for none");
        return text.TrimEnd('/');
    }

    public override string Format(string value) => value.Length == 0 ? "/" : value;
}
