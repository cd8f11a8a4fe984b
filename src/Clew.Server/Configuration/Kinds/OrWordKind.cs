namespace Clew.Server.Configuration.Kinds;

/// <summary>A value of another kind, or a word (null), such as <c>off</c>.</summary>
internal sealed class OrWordKind<T>(ValueKind<T> kind, string word = OrWord.Off) : ValueKind<T?>
    where T : struct
{
    public override string Shape => $"{kind.Shape} | {word}";

    public override T? Parse(string text, ClewOptions options)
    {
        if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return kind.Parse(text, options);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{error.Message}; or {word}", error);
        }
    }

    public override string Format(T? value) => value is { } set ? kind.Format(set) : word;
}

internal static class OrWord
{
    /// <summary>There is no such bound.</summary>
    public const string Off = "off";

    /// <summary>It is found by the machine.</summary>
    public const string Auto = "auto";
}
