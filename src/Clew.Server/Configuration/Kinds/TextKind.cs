namespace Clew.Server.Configuration.Kinds;

/// <summary>A text that is not empty.</summary>
/// <param name="shape">How a value is written.</param>
/// <param name="bytesMax">UTF-8 bytes it may have.</param>
internal sealed class TextKind(string shape, int bytesMax = 255) : ValueKind<string>
{
    public override string Shape => shape;

    public override string Parse(string text, ClewOptions options) =>
        text.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(text) <= bytesMax ? text : throw new FormatException($"expected a text of 1 to {bytesMax} bytes");

    public override string Format(string value) => value;
}

/// <summary>A text that is shown to nobody.</summary>
internal sealed class SecretKind : ValueKind<string>
{
    public const string Shown = "***";

    public override string Shape => "SECRET";

    public override bool IsSecret => true;

    public override string Parse(string text, ClewOptions options) => text;

    public override string Format(string value) => Shown;

    public override string FormatDefault(string value) => value;
}
