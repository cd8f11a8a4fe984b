using Clew.Model;

namespace Clew.Server.Configuration.Kinds;

/// <summary>Web origins separated by commas, <c>*</c> for any, empty for none.</summary>
internal sealed class OriginsKind : ValueKind<EquatableList<string>>
{
    public override string Shape => "ORIGIN,... | *";

    public override bool IsList => true;

    public override EquatableList<string> Parse(string text, ClewOptions options)
    {
        string[] origins = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (origins is not ["*"] && origins.FirstOrDefault(static origin => !IsOrigin(origin)) is { } wrong)
            throw new FormatException($"expected origins such as https://shop.example or http://localhost:3000, or * alone; '{wrong}' is none");
        return new(origins);
    }

    public override string Format(EquatableList<string> value) => string.Join(',', value);

    // Browsers send scheme://host[:port] and it is compared as text, so a path or a slash at the end would never match.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
