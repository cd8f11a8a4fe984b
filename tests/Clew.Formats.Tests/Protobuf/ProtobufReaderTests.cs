using Clew.Formats.Protobuf;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;
using static Clew.Formats.Tests.Protobuf.WireBytes;

namespace Clew.Formats.Tests.Protobuf;

public sealed class ProtobufReaderTests
{
    private static readonly ProtobufMessage Message = new("Thing", (1, "number"), (2, "text"));

    [Fact]
    public void Varints_of_every_length_read_as_they_were_written() =>
        Properties.ForAll(ArbMap.Default.GeneratorFor<ulong>().SelectMany(value => Gen.Choose(0, 63).Select(shift => value * 0x9E3779B97F4A7C15 >> shift)), value =>
        {
            var reader = new ProtobufReader(VarintField(1, value), depthMax: 4);
            Assert.Equal(8u, reader.ReadTag(Message));
            Assert.Equal(value, reader.ReadVarint(Message));
            Assert.Equal(0u, reader.ReadTag(Message));
        });

    [Fact]
    public void A_text_is_the_slice_where_it_stands()
    {
        byte[] payload = [.. VarintField(1, 300), .. Field(2, "hello")];
        var reader = new ProtobufReader(payload, depthMax: 4);
        reader.ReadTag(Message);
        reader.ReadVarint(Message);
        reader.ReadTag(Message);
        Assert.Equal(new Utf8Slice(5, 5), reader.ReadSlice(Message));
    }

    [Fact]
    public void A_truncated_varint_is_refused_with_its_offset_and_field() =>
        Refused([.. Tag(1, 0), 0x80], 1, "truncated varint in Thing.number");

    [Fact]
    public void A_varint_of_eleven_bytes_is_refused() =>
        Refused([.. Tag(1, 0), .. Enumerable.Repeat((byte)0x80, 10), 1], 1, "varint of more than 64 bits in Thing.number");

    [Fact]
    public void A_varint_whose_tenth_byte_overflows_is_refused() =>
        Refused([.. Tag(1, 0), .. Enumerable.Repeat((byte)0xFF, 9), 2], 1, "varint of more than 64 bits in Thing.number");

    [Fact]
    public void A_length_beyond_the_message_is_refused() =>
        Refused([.. Tag(2, 2), 5, .. "four"u8], 1, "length 5 with 4 bytes left in Thing.text");

    [Fact]
    public void A_length_of_64_bits_is_refused() =>
        Refused([.. Tag(2, 2), .. Varint(ulong.MaxValue), 1], 1, $"length {ulong.MaxValue} with 1 bytes left in Thing.text");

    [Fact]
    public void A_wrong_wire_type_of_a_known_field_is_refused_by_name() =>
        Refused(Fixed32Field(1, 7), 1, "wire type 5 does not fit Thing.number");

    [Fact]
    public void Field_number_zero_is_refused()
    {
        Refused([0, 1], 0, "field number 0 in Thing");
        Refused([5, 1, 2, 3, 4], 1, "field number 0 in Thing");
        Refused([.. Tag(9, 3), 1, .. new byte[8], .. Tag(9, 4)], 2, "field number 0 in Thing");
    }

    [Fact]
    public void A_tag_of_more_than_32_bits_is_refused() => Refused([.. Varint(1UL << 33 | 8), 1], 0, "tag of more than 32 bits in Thing");

    [Fact]
    public void A_wire_type_that_does_not_exist_is_refused() =>
        Refused(Tag(9, 7), 1, "wire type 7, which does not exist, in field 9 of Thing");

    [Fact]
    public void An_end_of_a_group_that_was_not_begun_is_refused() =>
        Refused(Tag(9, 4), 1, "end of a group that was not begun in field 9 of Thing");

    [Fact]
    public void A_group_without_an_end_is_refused() => Refused(Tag(9, 3), 1, "group without an end in field 9 of Thing");

    [Fact]
    public void A_group_ended_by_another_number_is_refused() =>
        Refused([.. Tag(9, 3), .. Tag(10, 4)], 2, "group ended by field number 10 in field 9 of Thing");

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_skipped() =>
        Assert.Equal(
            42UL,
            LastNumber([.. VarintField(9, 300), .. Fixed64Field(10, 1), .. Field(11, "x"), .. Fixed32Field(12, 2), .. Group(13, VarintField(1, 5), Group(14)), .. VarintField(1, 42)]));

    [Fact]
    public void Groups_nested_deeper_than_the_limit_are_refused()
    {
        byte[] nested = [];
        for (int i = 0; i < 4; i++)
            nested = Group(9, nested);
        Assert.Equal(0UL, LastNumber(nested));
        var refused = Assert.Throws<SpanLimitException>(() => LastNumber(Group(9, nested)));
        Assert.Equal(nameof(SpanBatchLimits.DepthMax), refused.LimitName);
    }

    private static void Refused(byte[] payload, int offset, string reason)
    {
        var refused = Assert.Throws<SpanFormatException>(() => LastNumber(payload));
        Assert.Equal(reason, refused.Reason);
        Assert.Equal(offset, refused.ByteOffset);
    }

    private static ulong LastNumber(byte[] payload)
    {
        var reader = new ProtobufReader(payload, depthMax: 4);
        ulong number = 0;
        uint tag;
        while ((tag = reader.ReadTag(Message)) != 0)
        {
            if (tag == 8)
                number = reader.ReadVarint(Message);
            else if (tag == 18)
                reader.ReadSlice(Message);
            else
                reader.SkipUnknown(Message);
        }
        return number;
    }
}
