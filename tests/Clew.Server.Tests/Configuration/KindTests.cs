using Clew.Server.Configuration;
using Clew.Server.Configuration.Kinds;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Configuration;

public sealed class KindTests
{
    [Fact]
    public void Every_size_is_read_back_from_its_text()
    {
        QuantityKind<long> bytes = Quantity.Bytes(0, long.MaxValue);
        // Shifted, so that round sizes with larger units come up as well.
        Gen<long> sizes = Gen.Choose(0, int.MaxValue).SelectMany(value => Gen.Choose(0, 31).Select(shift => (long)value << shift));
        Properties.ForAll(sizes, size => Assert.Equal(size, bytes.Parse(bytes.Format(size), new())));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("64B", 64)]
    [InlineData("16 kib", 16 << 10)]
    [InlineData("16MiB", 16 << 20)]
    public void Sizes_have_binary_units(string text, long size) =>
        Assert.Equal(size, Quantity.Bytes(0L, long.MaxValue).Parse(text, new()));

    [Theory]
    [InlineData("250", 250)]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("1m", 60_000)]
    public void Durations_are_milliseconds_without_a_unit(string text, int milliseconds) =>
        Assert.Equal(milliseconds, Quantity.Milliseconds(0, 60_000).Parse(text, new()));

    [Theory]
    [InlineData("/", "")]
    [InlineData("/traces", "/traces")]
    [InlineData("/a/b/", "/a/b")]
    public void A_path_prefix_has_no_slash_at_the_end(string text, string prefix) =>
        Assert.Equal(prefix, new PathPrefixKind().Parse(text, new()));

    [Fact]
    public void The_distance_of_names_is_the_number_of_edits()
    {
        Gen<string> words = Gen.Elements("ab".ToCharArray()).ListOf().Select(letters => new string([.. letters.Take(6)]));
        Properties.ForAll(
            words.SelectMany(left => words.Select(right => (left, right))),
            pair => Assert.Equal(SlowDistance(pair.left, pair.right), SettingNames.Distance(pair.left, pair.right.ToUpperInvariant())));
    }

    private static int SlowDistance(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length + right.Length;
        int edits = Math.Min(SlowDistance(left[1..], right), SlowDistance(left, right[1..])) + 1;
        return Math.Min(edits, SlowDistance(left[1..], right[1..]) + (left[0] == right[0] ? 0 : 1));
    }
}
