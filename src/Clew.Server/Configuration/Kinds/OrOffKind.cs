namespace Clew.Server.Configuration.Kinds;

/// <summary>A value of another kind, or <c>off</c> (null).</summary>
internal sealed class OrOffKind<T>(ValueKind<T> kind) : ValueKind<T?>
    where T : struct
{
    private const string Off = "off";

    public override string Shape => $"{kind.Shape} | {Off}";

    public override T? Parse(string text, ClewOptions options)
    {
        if (text.Equals(Off, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return kind.Parse(text, options);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{error.Message}; or {Off}", error);
        }
    }

    public override string Format(T? value) => value is { } set ? kind.Format(set) : Off;
}
