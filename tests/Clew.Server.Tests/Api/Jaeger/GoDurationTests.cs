using System.Globalization;
using Clew.Server.Api.Jaeger;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0s", 0)]
    [InlineData("5s", 5_000_000_000)]
    [InlineData("+5s", 5_000_000_000)]
    [InlineData("-5s", -5_000_000_000)]
    [InlineData("1m30s", 90_000_000_000)]
    [InlineData("1.5ms", 1_500_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("5.s", 5_000_000_000)]
    [InlineData("12\u00b5s", 12_000)]
    [InlineData("12\u03bcs", 12_000)]
    [InlineData("12us", 12_000)]
    [InlineData("3h2m1s1ms1us1ns", 10_921_001_001_001)]
    [InlineData("1.9ns", 1)]
    [InlineData("0.3333333333333333333h", 1_200_000_000_000)]
    [InlineData("0.100000000000000000000h", 360_000_000_000)]
    [InlineData("9223372036854775807ns", long.MaxValue)]
    [InlineData("-9223372036854775808ns", long.MinValue)]
    public void Durations_read_as_go_reads_them(string text, long ns) => Assert.Equal(ns, GoDuration.ParseNs(text));

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData("s", "time: invalid duration \"s\"")]
    [InlineData(".", "time: invalid duration \".\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("- 1s", "time: invalid duration \"- 1s\"")]
    [InlineData("a\"b\\", "time: invalid duration \"a\\\"b\\\\\"")]
    [InlineData("3", "time: missing unit in duration \"3\"")]
    [InlineData("1.5", "time: missing unit in duration \"1.5\"")]
    [InlineData("1s2", "time: missing unit in duration \"1s2\"")]
    [InlineData("3x", "time: unknown unit \"x\" in duration \"3x\"")]
    [InlineData("3S", "time: unknown unit \"S\" in duration \"3S\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("1s 2s", "time: unknown unit \"s \" in duration \"1s 2s\"")]
    [InlineData("9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\"")]
    [InlineData("99999999999999999999ns", "time: invalid duration \"99999999999999999999ns\"")]
    [InlineData("3000000h", "time: invalid duration \"3000000h\"")]
    [InlineData("2562047h2562047h", "time: invalid duration \"2562047h2562047h\"")]
    public void What_is_not_a_duration_is_refused_in_gos_words(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => GoDuration.ParseNs(text)).Message);

    [Fact]
    public void Any_sum_of_numbers_with_units_is_the_sum_of_their_nanoseconds()
    {
        (string Name, decimal Ns)[] units = [("ns", 1), ("us", 1e3m), ("\u00b5s", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m)];
        Gen<(string Text, decimal Ns)> term =
            from unit in Gen.Elements(units)
            from whole in Gen.Choose(0, 9999)
            from fraction in Gen.Choose(0, 999)
            from digits in Gen.Choose(0, 3)
            let number = digits == 0 ? whole : whole + fraction % (int)Math.Pow(10, digits) / (decimal)Math.Pow(10, digits)
            select (number.ToString(CultureInfo.InvariantCulture) + unit.Name, number * unit.Ns);
        Properties.ForAll(term.NonEmptyListOf().Where(terms => terms.Count <= 20), terms =>
        {
            long parsed = GoDuration.ParseNs(string.Concat(terms.Select(t => t.Text)));
            // Each fraction is cut, and computed in floating point: less than one nanosecond a term either way.
            Assert.InRange(parsed, (long)terms.Sum(t => t.Ns) - terms.Count, (long)terms.Sum(t => t.Ns) + terms.Count);
        });
    }

    [Fact]
    public void Any_whole_number_of_a_unit_is_exact_and_its_negative_is_the_opposite()
    {
        Gen<(long Count, string Unit, long Ns)> gen =
            from count in Gen.Choose(0, int.MaxValue)
            from unit in Gen.Elements(("ns", 1L), ("us", 1_000L), ("ms", 1_000_000L), ("s", 1_000_000_000L))
            select ((long)count, unit.Item1, unit.Item2);
        Properties.ForAll(gen, c =>
        {
            Assert.Equal(c.Count * c.Ns, GoDuration.ParseNs(c.Count + c.Unit));
            Assert.Equal(-c.Count * c.Ns, GoDuration.ParseNs("-" + c.Count + c.Unit));
        });
    }

    [Fact]
    public void Any_other_text_is_a_duration_or_a_format_error()
    {
        Gen<string> text = Gen.Elements("1", "9", "99999999999", ".", "-", "+", "s", "ms", "h", "µ", " ", "x", "0").ListUpTo(8).Select(parts => string.Concat(parts));
        Properties.ForAll(text, t => Assert.True(Record.Exception(() => GoDuration.ParseNs(t)) is null or FormatException), count: 2000);
    }
}
