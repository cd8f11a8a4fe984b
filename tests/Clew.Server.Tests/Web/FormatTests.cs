using Clew.Server.Web;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Web;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0_ms")]
    [InlineData(1, "1_ns")]
    [InlineData(999, "999_ns")]
    [InlineData(1_000, "1.00_µs")]
    [InlineData(912_400, "912_µs")]
    [InlineData(999_499, "999_µs")]
    [InlineData(999_500, "1.00_ms")]
    [InlineData(7_040_000, "7.04_ms")]
    [InlineData(9_994_999, "9.99_ms")]
    [InlineData(9_995_000, "10.0_ms")]
    [InlineData(99_950_000, "100_ms")]
    [InlineData(342_000_000, "342_ms")]
    [InlineData(999_600_000, "1.00_s")]
    [InlineData(1_843_000_000, "1.84_s")]
    [InlineData(59_940_000_000, "59.9_s")]
    [InlineData(59_990_000_000, "1_min 0_s")]
    [InlineData(134_000_000_000, "2_min 14_s")]
    [InlineData(3 * 3600_000_000_000, "3_h 0_min")]
    [InlineData(52 * 3600_000_000_000, "2_d 4_h")]
    [InlineData(-38_400_000, "−38.4_ms")]
    public void Durations_have_three_digits_and_a_unit(long ns, string expected) =>
        Assert.Equal(expected.Replace('_', Format.UnitSpace), Format.Duration(ns));

    [Fact]
    public void Any_duration_is_written_and_short() => Properties.ForAll(
        Gen.Choose(0, 62).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(low => (1L << bits) + low % (1L << Math.Min(bits, 30)))),
        ns => Assert.InRange(Format.Duration(ns).Length, 4, 16));

    [Fact]
    public void The_largest_and_smallest_numbers_have_a_text()
    {
        Assert.EndsWith("h", Format.Duration(long.MaxValue), StringComparison.Ordinal);
        Assert.StartsWith("−", Format.Duration(long.MinValue), StringComparison.Ordinal);
        Assert.Equal("2262-04-11 23:47:16.854", Format.DateAndTime(long.MaxValue));
        Assert.Equal("1677-09-21", Format.Date(long.MinValue));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(500_000_000, "500_ms")]
    [InlineData(1_500_000_000, "1.5_s")]
    [InlineData(60_000_000_000, "1_min")]
    [InlineData(80_000_000_000, "1_min 20_s")]
    [InlineData(7_200_000_000_000, "2_h")]
    public void Ticks_have_no_trailing_zeros(long ns, string expected) => Assert.Equal(expected.Replace('_', Format.UnitSpace), Format.Tick(ns));

    [Fact]
    public void Thousands_are_divided_by_a_narrow_no_break_space() => Assert.Equal("41\u202F208", Format.Count(41208));

    [Fact]
    public void Coordinates_have_no_exponent_and_three_decimals() => Assert.Equal("0.001%", Format.Percent(0.00099999));

    [Fact]
    public void Times_are_utc_with_milliseconds() => Assert.Equal("14:02:31.482", Format.Time(1_795_183_351_482_900_000));
}
