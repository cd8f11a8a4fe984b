using Clew.Model;
using Clew.Query;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class NumberRangeTests
{
    private static readonly ComparisonOperator[] Operators =
        [ComparisonOperator.Equal, ComparisonOperator.Less, ComparisonOperator.LessOrEqual, ComparisonOperator.Greater, ComparisonOperator.GreaterOrEqual];

    [Fact]
    public void A_range_holds_what_the_reference_comparison_holds_for() => Properties.ForAll(RandomCases.Seed, count: 5000, body: seed =>
    {
        var random = new Random(seed);
        AttributeValue literal = random.Next(2) == 0 ? AttributeValue.From(Integer(random)) : AttributeValue.From(Double(random));
        ComparisonOperator comparison = Operators[random.Next(Operators.Length)];
        var matcher = new ValueMatcher(new SpanCondition.Compare(QueryField.Duration, comparison, literal));
        // Around the literal, where mistakes would be, and anywhere.
        double asDouble = literal.Type == AttributeType.Double ? literal.AsDouble() : literal.AsInt64();
        long asInteger = literal.Type == AttributeType.Int64 ? literal.AsInt64() : (long)literal.AsDouble();

        (long low, long high) = NumberRange.OfInt64(comparison, literal)!.Value;
        foreach (long value in new[] { asInteger, unchecked(asInteger - 1), unchecked(asInteger + 1), Integer(random) })
            Assert.Equal(matcher.IsMatch(AttributeValue.From(value)), value >= low && value <= high);

        (double lowDouble, double highDouble) = NumberRange.OfDouble(comparison, literal)!.Value;
        foreach (double value in new[] { asDouble, double.BitDecrement(asDouble), double.BitIncrement(asDouble), Double(random) })
            Assert.Equal(matcher.IsMatch(AttributeValue.From(value)), value >= lowDouble && value <= highDouble);
    });

    private static long Integer(Random random) => random.Next(4) switch
    {
        0 => new[] { 0, -1, long.MinValue, long.MaxValue, long.MaxValue - 1, (1L << 53) + 1, -(1L << 53) - 1, 1L << 62 }[random.Next(8)],
        1 => random.Next(-3, 4),
        _ => random.NextInt64(long.MinValue, long.MaxValue),
    };

    private static double Double(Random random) => random.Next(4) switch
    {
        0 => new[] { 0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 9223372036854775808, -9223372036854775808, 9007199254740993, double.Epsilon, double.MaxValue }[random.Next(10)],
        1 => random.Next(-6, 7) / 2.0,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };
}
