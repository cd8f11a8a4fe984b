using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Clew.Server.Configuration.Kinds;

/// <summary>A whole number with an optional unit, within bounds: sizes in bytes, durations in milliseconds.</summary>
/// <param name="shape">How a value is written.</param>
/// <param name="expected">Examples for the error text.</param>
/// <param name="units">The base unit first.</param>
/// <param name="min">In the base unit.</param>
/// <param name="max">In the base unit.</param>
internal sealed class QuantityKind<T>(
    string shape, string expected, ImmutableArray<(string Name, long Factor)> units, T min, T max) : ValueKind<T>
    where T : IBinaryInteger<T>
{
    public override string Shape => shape;

    public override T Parse(string text, ClewOptions options)
    {
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            digits = text.Length;
        string unit = text[digits..].Trim();
        long factor = unit.Length == 0
            ? 1
            : units.FirstOrDefault(known => known.Name.Equals(unit, StringComparison.OrdinalIgnoreCase)).Factor;
        if (factor == 0
            || !Int128.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out Int128 number)
            || number > long.MaxValue)
            throw new FormatException($"expected {expected}");
        Int128 value = number * factor;
        if (value < Int128.CreateChecked(min) || value > Int128.CreateChecked(max))
            throw new FormatException($"expected {expected}, from {Format(min)} to {Format(max)}");
        return T.CreateChecked(value);
    }

    public override string Format(T value)
    {
        long number = long.CreateChecked(value);
        (string name, long factor) = number == 0 ? units[0] : units.Where(unit => number % unit.Factor == 0).MaxBy(unit => unit.Factor);
        return $"{number / factor}{name}";
    }
}

/// <summary>The quantities in use.</summary>
internal static class Quantity
{
    public static QuantityKind<T> Bytes<T>(T min, T max)
        where T : IBinaryInteger<T> => new(
            "BYTES",
            "a size such as 65536 or 16MiB",
            [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1L << 40)],
            min,
            max);

    public static QuantityKind<int> Milliseconds(int min, int max) => new(
        "DURATION", "a duration such as 500ms, 2s or 1m", [("ms", 1), ("s", 1000), ("m", 60_000)], min, max);

    public static QuantityKind<long> Seconds(long min, long max) => new(
        "DURATION", "a duration such as 90m, 36h or 14d", [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)], min, max);
}
