using Clew.Formats.Thrift;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Thrift;

public sealed class ThriftCompactReaderTests
{
    [Fact]
    public void Numbers_read_back_as_written()
    {
        Properties.ForAll(ArbMap.Default.GeneratorFor<(long Long, int Int, double Double)>(), values =>
        {
            var writer = new ThriftCompactTestWriter();
            writer.Int64(values.Long);
            writer.Int32(values.Int);
            writer.Double(values.Double);
            var reader = new ThriftCompactReader(writer.ToArray());
            Assert.Equal(values.Long, reader.ReadInt64("a"));
            Assert.Equal(values.Int, reader.ReadInt32("b"));
            Assert.Equal(BitConverter.DoubleToInt64Bits(values.Double), BitConverter.DoubleToInt64Bits(reader.ReadDouble("c")));
            Assert.Equal(0, reader.Remaining);
        });
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void The_extremes_read_back_as_written(long value)
    {
        var writer = new ThriftCompactTestWriter();
        writer.Int64(value);
        var reader = new ThriftCompactReader(writer.ToArray());
        Assert.Equal(value, reader.ReadInt64("a"));
    }

    [Fact]
    public void A_truncated_varint_is_refused_with_its_offset_and_field()
    {
        SpanFormatException error = Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([0x80, 0x80]).ReadInt64("Span.startTime"));
        Assert.Equal(2, error.ByteOffset);
        Assert.Contains("Span.startTime", error.Message);
    }

    [Fact]
    public void A_varint_of_more_than_ten_bytes_is_refused()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0x80, 10), 0];
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader(bytes).ReadInt64("a"));
        Assert.Throws<SpanFormatException>(() => new ThriftCompactReader(bytes).ReadInt32("a"));
    }

    [Fact]
    public void Field_ids_of_an_inner_struct_do_not_disturb_the_outer_ones()
    {
        var writer = new ThriftCompactTestWriter();
        writer.Struct(
            new TestField(5, ThriftType.Struct, () => writer.Struct(TestField.OfBool(9, true))),
            TestField.OfBool(6, false),
            TestField.OfBool(200, true));
        var reader = new ThriftCompactReader(writer.ToArray());
        short outer = reader.BeginStruct();
        Assert.True(reader.NextField("s", out ThriftField field));
        Assert.Equal(new ThriftField(5, ThriftType.Struct), field);
        short inner = reader.BeginStruct();
        Assert.True(reader.NextField("s", out field));
        Assert.Equal(new ThriftField(9, ThriftType.Bool), field);
        Assert.True(reader.ReadBool("b"));
        Assert.False(reader.NextField("s", out _));
        reader.EndStruct(inner);
        Assert.True(reader.NextField("s", out field));
        Assert.Equal(new ThriftField(6, ThriftType.Bool), field);
        Assert.False(reader.ReadBool("b"));
        Assert.True(reader.NextField("s", out field));
        Assert.Equal(new ThriftField(200, ThriftType.Bool), field);
        Assert.True(reader.ReadBool("b"));
        Assert.False(reader.NextField("s", out _));
        reader.EndStruct(outer);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void A_long_list_header_is_followed_by_its_size()
    {
        var writer = new ThriftCompactTestWriter();
        writer.List(new bool[20], ThriftType.Bool, writer.BoolElement);
        var reader = new ThriftCompactReader(writer.ToArray());
        Assert.Equal(20, reader.ReadListHeader("l", out ThriftType type));
        Assert.Equal(ThriftType.Bool, type);
        Assert.False(reader.ReadBool("b"));
    }

    [Theory]
    [InlineData(0x0E)]
    [InlineData(0x0F)]
    public void An_unknown_type_code_is_refused(byte code) =>
        Assert.Contains("unknown Thrift type", Assert.Throws<SpanFormatException>(() => new ThriftCompactReader([(byte)(0x10 | code)]).NextField("s", out _)).Message);
}
