using System.Globalization;

namespace Clew.Server.Configuration.Kinds;

/// <summary>A number with a fraction, within bounds.</summary>
internal sealed class NumberKind(double min, double max) : ValueKind<double>
{
    public override string Shape => "NUMBER";

    public override double Parse(string text, ClewOptions options) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max
            ? value
            : throw new FormatException(FormattableString.Invariant($"expected a number from {min} to {max}"));

    public override string Format(double value) => value.ToString(CultureInfo.InvariantCulture);
}
