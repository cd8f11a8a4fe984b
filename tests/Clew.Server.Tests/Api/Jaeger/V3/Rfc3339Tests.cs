using Clew.Server.Api.Jaeger.V3;

namespace Clew.Server.Tests.Api.Jaeger.V3;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00:01.000000001Z", 1_000_000_001)]
    [InlineData("1970-01-01T00:00:00.5z", 500_000_000)]
    [InlineData("1970-01-01T02:00:00+02:00", 0)]
    [InlineData("1970-01-01T02:00:00 02:00", 0)]
    [InlineData("1969-12-31T22:30:00.25-01:30", 250_000_000)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1)]
    [InlineData("2026-08-04T10:00:00.1234567899Z", 1_785_837_600_123_456_789)]
    public void A_time_is_read_to_the_nanosecond(string text, long ns) => Assert.Equal(ns, Rfc3339.ParseNs(text));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-08-04")]
    [InlineData("2026-08-04T10:00:00")]
    [InlineData("2026-08-04 10:00:00Z")]
    [InlineData("2026-13-04T10:00:00Z")]
    [InlineData("2026-08-04T10:00:00.Z")]
    [InlineData("2026-08-04T10:00:00+2:00")]
    [InlineData("2026-08-04T10:00:00+24:00")]
    [InlineData("2026-08-04T10:00:00Zulu")]
    [InlineData("9999-01-01T00:00:00Z")]
    public void Anything_else_is_refused_in_words(string text) =>
        Assert.Contains("is not a time", Assert.Throws<FormatException>(() => Rfc3339.ParseNs(text)).Message, StringComparison.Ordinal);
}
