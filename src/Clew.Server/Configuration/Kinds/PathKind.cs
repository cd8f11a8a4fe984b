namespace Clew.Server.Configuration.Kinds;

/// <summary>The path of a file or directory; empty for none. Whether it can be read is seen when it is.</summary>
/// <param name="shape">What it is the path of, in capitals.</param>
internal sealed class PathKind(string shape) : ValueKind<string>
{
    public override string Shape => shape;

    public override string Parse(string text, ClewOptions options) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new FormatException("expected a path") : text;

    public override string Format(string value) => value;
}
