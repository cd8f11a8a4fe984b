namespace Clew.Server.Configuration.Kinds;

/// <summary>The path of a file; empty for none. Whether it can be read is seen when it is.</summary>
internal sealed class PathKind : ValueKind<string>
{
    public override string Shape => "FILE";

    public override string Parse(string text, ClewOptions options) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new FormatException("expected the path of a file") : text;

    public override string Format(string value) => value;
}
