using System.Text;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Model.Tests;

public sealed class IdentifierTests
{
    [Fact]
    public void A_trace_id_prints_and_parses_back()
    {
        Properties.ForAll(SpanGen.TraceId, id =>
        {
            Assert.Equal(id, TraceId.Parse(id.ToString()));
            Assert.Equal(id, TraceId.Parse(id.ToString().ToUpperInvariant()));
            Assert.Equal(id, TraceId.Parse(id.ToString().TrimStart('0')));
            Assert.True(TraceId.TryParse(Encoding.ASCII.GetBytes(id.ToString()), out TraceId fromUtf8));
            Assert.Equal(id, fromUtf8);
        });
    }

    [Fact]
    public void A_trace_id_goes_through_its_bytes_unchanged()
    {
        Properties.ForAll(SpanGen.TraceId, id =>
        {
            byte[] bytes = new byte[16];
            id.WriteBytes(bytes);
            Assert.True(TraceId.TryFromBytes(bytes, out TraceId back));
            Assert.Equal(id, back);
            Assert.Equal(id.ToString(), Convert.ToHexStringLower(bytes));
        });
    }

    [Fact]
    public void Eight_bytes_make_a_64_bit_trace_id()
    {
        Assert.True(TraceId.TryFromBytes([0, 0, 0, 0, 0, 0, 0, 7], out TraceId id));
        Assert.Equal(new TraceId(0, 7), id);
        Assert.Equal("0000000000000007", id.ToShortString());
        Assert.Equal("00000000000000000000000000000007", id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("0x12")]
    [InlineData(" 12")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    public void What_is_not_1_to_32_hex_digits_is_no_trace_id(string text) => Assert.False(TraceId.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("0123456789abcdef0")]
    public void What_is_not_1_to_16_hex_digits_is_no_span_id(string text) => Assert.False(SpanId.TryParse(text, out _));

    [Fact]
    public void Identifiers_order_as_their_hex_forms_do()
    {
        Properties.ForAll(SpanGen.TraceId.Two(), pair =>
        {
            (TraceId a, TraceId b) = pair;
            Assert.Equal(Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())), Math.Sign(a.CompareTo(b)));
        });
    }

    [Fact]
    public void Formatting_into_a_span_that_is_too_short_says_so()
    {
        Assert.False(new TraceId(1, 2).TryFormat(new char[31], out int written));
        Assert.Equal(0, written);
        Assert.False(new SpanId(1).TryFormat(new byte[15], out _));
    }

    [Fact]
    public void Parsing_and_formatting_allocate_nothing()
    {
        byte[] utf8 = "0af7651916cd43dd8448eb211c80319c"u8.ToArray();
        byte[] output = new byte[32];
        RoundTrip(utf8, output);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 100; i++)
                RoundTrip(utf8, output);
        }));
        Assert.Equal(utf8, output);

        static void RoundTrip(byte[] utf8, byte[] output)
        {
            if (TraceId.TryParse(utf8, out TraceId id))
                id.TryFormat(output, out _);
        }
    }
}
