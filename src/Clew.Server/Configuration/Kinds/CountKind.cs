using System.Globalization;
using System.Numerics;

namespace Clew.Server.Configuration.Kinds;

/// <summary>A whole number within bounds.</summary>
internal sealed class CountKind<T>(T min, T max) : ValueKind<T>
    where T : IBinaryInteger<T>
{
    public override string Shape => "N";

    public override T Parse(string text, ClewOptions options)
    {
        if (!T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T? value) || value < min || value > max)
            throw new FormatException($"expected a whole number from {min} to {max}");
        return value;
    }

    public override string Format(T value) => value.ToString(null, CultureInfo.InvariantCulture);
}
