using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>
/// Turns a typed comparison with a number into the range of column values it holds for, both ends included, so that one scan answers all of them. Exact: an
/// integer and a double compare as the numbers they stand for. A range whose low end is above its high end is empty.
/// </summary>
internal static partial class NumberRange
{
    // 2^63, the first double that no 64-bit integer reaches.
    private const double PastInt64 = 9223372036854775808.0;

    private static readonly (long, long) NoInt64 = (1, 0);
    private static readonly (double, double) NoDouble = (1, 0);

    /// <summary>The integers for which the operator holds (for <see cref="ComparisonOperator.NotEqual"/>: those it does not hold for); null when the literal is no number.</summary>
    public static (long Low, long High)? OfInt64(ComparisonOperator comparison, AttributeValue literal) => literal.Type switch
    {
        AttributeType.Int64 => OfInt64(comparison, literal.AsInt64(), literal.AsInt64()),
        AttributeType.Double when double.IsNaN(literal.AsDouble()) => NoInt64,
        AttributeType.Double => OfInt64(comparison, literal.AsDouble()),
        _ => null,
    };

    /// <summary>The same for doubles.</summary>
    public static (double Low, double High)? OfDouble(ComparisonOperator comparison, AttributeValue literal) => literal.Type switch
    {
        AttributeType.Double when double.IsNaN(literal.AsDouble()) => NoDouble,
        AttributeType.Double => OfDouble(comparison, literal.AsDouble(), literal.AsDouble()),
        AttributeType.Int64 => OfDouble(comparison, literal.AsInt64()),
        _ => null,
    };

    private static (long, long) OfInt64(ComparisonOperator comparison, double literal)
    {
        if (literal >= PastInt64)
            return comparison is ComparisonOperator.Less or ComparisonOperator.LessOrEqual ? (long.MinValue, long.MaxValue) : NoInt64;
        if (literal < -PastInt64)
            return comparison is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual ? (long.MinValue, long.MaxValue) : NoInt64;
        // Doubles with a fraction are below 2^53, so both neighbours are exact.
        return OfInt64(comparison, (long)Math.Floor(literal), (long)Math.Ceiling(literal));
    }

    // The literal lies from floor to ceiling: on both when it is an integer, else between them.
    private static (long, long) OfInt64(ComparisonOperator comparison, long floor, long ceiling) => comparison switch
    {
        ComparisonOperator.Less => ceiling == long.MinValue ? NoInt64 : (long.MinValue, ceiling - 1),
        ComparisonOperator.LessOrEqual => (long.MinValue, floor),
        ComparisonOperator.Greater => floor == long.MaxValue ? NoInt64 : (floor + 1, long.MaxValue),
        ComparisonOperator.GreaterOrEqual => (ceiling, long.MaxValue),
        _ => (ceiling, floor),
    };

    private static (double, double) OfDouble(ComparisonOperator comparison, long literal)
    {
        double nearest = literal;
        // Rounded down or up, or exact; 2^63 itself, which does not fit, is rounded up.
        int rounding = nearest >= PastInt64 ? 1 : ((long)nearest).CompareTo(literal);
        return OfDouble(comparison, rounding > 0 ? double.BitDecrement(nearest) : nearest, rounding < 0 ? double.BitIncrement(nearest) : nearest);
    }

    private static (double, double) OfDouble(ComparisonOperator comparison, double floor, double ceiling) => comparison switch
    {
        // Nothing lies beyond the infinities, and they have no neighbours there.
        ComparisonOperator.Less when ceiling == double.NegativeInfinity => NoDouble,
        ComparisonOperator.Greater when floor == double.PositiveInfinity => NoDouble,
        ComparisonOperator.Less => (double.NegativeInfinity, floor == ceiling ? double.BitDecrement(floor) : floor),
        ComparisonOperator.LessOrEqual => (double.NegativeInfinity, floor),
        ComparisonOperator.Greater => (floor == ceiling ? double.BitIncrement(ceiling) : ceiling, double.PositiveInfinity),
        ComparisonOperator.GreaterOrEqual => (ceiling, double.PositiveInfinity),
        _ => (ceiling, floor),
    };
}
