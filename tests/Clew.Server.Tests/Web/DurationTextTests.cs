using Clew.Server.Web;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Web;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500_000_000)]
    [InlineData("1.5ms", 1_500_000)]
    [InlineData("1m30s", 90_000_000_000)]
    [InlineData("1h", 3600_000_000_000)]
    [InlineData("2 min 14 s", 134_000_000_000)]
    [InlineData("7d", 7 * 86400_000_000_000)]
    [InlineData("20µs", 20_000)]
    [InlineData("20us", 20_000)]
    [InlineData(" 3 ns ", 3)]
    [InlineData("0", 0)]
    public void Durations_are_read_as_people_write_them(string text, long expected)
    {
        Assert.True(DurationText.TryParse(text, out long ns));
        Assert.Equal(expected, ns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("5parsecs")]
    [InlineData("1..5s")]
    [InlineData("1e9s")]
    [InlineData("99999999999d")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void What_the_pages_print_can_be_typed_again() => Properties.ForAll(
        Gen.Choose(1, int.MaxValue).SelectMany(low => Gen.Choose(0, 20).Select(bits => (long)low << bits)),
        ns =>
        {
            Assert.True(DurationText.TryParse(Format.Duration(ns), out long read));
            // Three digits, or whole seconds, minutes, hours in the long forms: never more than 2 % away.
            Assert.InRange((double)read / ns, 0.98, 1.02);
        });

    [Theory]
    [InlineData("2026-11-20 13:05", 1_795_179_900_000_000_000)]
    [InlineData("2026-11-20T13:05:00Z", 1_795_179_900_000_000_000)]
    [InlineData("2026-11-20T14:05:00+01:00", 1_795_179_900_000_000_000)]
    [InlineData("1795179900", 1_795_179_900_000_000_000)]
    [InlineData("1795179900000", 1_795_179_900_000_000_000)]
    [InlineData("1795179900000000", 1_795_179_900_000_000_000)]
    [InlineData("1795179900000000000", 1_795_179_900_000_000_000)]
    public void Times_are_read_in_the_usual_forms(string text, long expected)
    {
        Assert.True(TimeText.TryParse(text, out long ns));
        Assert.Equal(expected, ns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("9999-01-01")]
    [InlineData("99999999999999999999")]
    public void What_is_no_time_is_refused(string text) => Assert.False(TimeText.TryParse(text, out _));

    [Fact]
    public void A_written_time_reads_back() => Properties.ForAll(
        Gen.Choose(0, int.MaxValue).SelectMany(seconds => Gen.Choose(0, 999_999).Select(us => seconds * 1_000_000_000L + us * 1_000L)),
        ns =>
        {
            Assert.True(TimeText.TryParse(TimeText.Write(ns), out long read));
            Assert.Equal(ns, read);
        });
}
