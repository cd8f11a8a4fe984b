using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Tests.Thrift;

public sealed class ThriftSkipTests
{
    private const int DepthMax = 32;

    [Theory]
    [InlineData(DepthMax)]
    [InlineData(1)]
    public void Nesting_up_to_the_limit_is_skipped(int levels)
    {
        Assert.Equal(0, BytesLeftBinary(Nested(new ThriftBinaryTestWriter(), levels)));
        Assert.Equal(0, BytesLeftCompact(Nested(new ThriftCompactTestWriter(), levels)));
    }

    [Theory]
    [InlineData(DepthMax + 1)]
    [InlineData(100_000)]
    public void Nesting_beyond_the_limit_is_refused(int levels)
    {
        SpanFormatException error = Assert.Throws<SpanFormatException>(() => BytesLeftBinary(Nested(new ThriftBinaryTestWriter(), levels)));
        Assert.Contains("more than 32 levels", error.Message);
        Assert.Throws<SpanFormatException>(() => BytesLeftCompact(Nested(new ThriftCompactTestWriter(), levels)));
    }

    [Fact]
    public void Sizes_beyond_the_payload_are_refused()
    {
        Assert.Throws<SpanFormatException>(() => new ThriftBinaryReader([0, 0, 0, 5, 1, 2]).ReadBinary("x"));
        Assert.Throws<SpanFormatException>(() => new ThriftBinaryReader([0xFF, 0xFF, 0xFF, 0xFF, 1]).ReadBinary("x"));
        Assert.Throws<SpanFormatException>(() => new ThriftBinaryReader([3, 0xFF, 0xFF, 0xFF, 0xFF]).ReadListHeader("x", out _));
        Assert.Throws<SpanFormatException>(() => new ThriftBinaryReader([3, 3, 0, 0, 0, 2, 1, 1, 1]).ReadMapHeader("x", out _, out _));
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([5, 1, 2]).ReadBinary("x"));
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).ReadBinary("x"));
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([0x33, 1, 1]).ReadListHeader("x", out _));
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([2, 0x33, 1, 1, 1]).ReadMapHeader("x", out _, out _));
    }

    private static int BytesLeftBinary(byte[] list)
    {
        var reader = new ThriftBinaryReader(list);
        reader.Skip(ThriftType.List, "x", DepthMax);
        return reader.Remaining;
    }

    private static int BytesLeftCompact(byte[] list)
    {
        var reader = new ThriftCompactReader(list);
        reader.Skip(ThriftType.List, "x", DepthMax);
        return reader.Remaining;
    }

    // A list of one list of one list …, the innermost empty.
    private static byte[] Nested(ThriftTestWriter writer, int levels)
    {
        for (int i = 1; i < levels; i++)
            writer.WriteListHeader(1, ThriftType.List);
        writer.WriteListHeader(0, ThriftType.List);
        return writer.ToArray();
    }
}
