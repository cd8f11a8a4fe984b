using System.Net;
using Clew.Model;
using Clew.TestKit;
using static Clew.Formats.Tests.Protobuf.WireBytes;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinProto3DecoderTests
{
    private static readonly byte[] Id = [0, 0, 0, 0, 0, 0, 0, 2];
    private static readonly byte[] TraceIdBytes = [0, 0, 0, 0, 0, 0, 0, 1];

    [Fact]
    public void Ids_that_zipkin_go_fills_up_with_zeros_read_as_what_they_mean()
    {
        Span span = One(Field(1, new byte[8], TraceIdBytes), Field(2, new byte[8]), Field(3, Id));
        Assert.Equal((new TraceId(0, 1), new SpanId(2), default), (span.TraceId, span.SpanId, span.ParentSpanId));
        Assert.Equal(new TraceId(0, 1), One(Field(1, TraceIdBytes), Field(2, ""), Field(3, Id)).TraceId);
    }

    [Fact]
    public void Its_own_id_as_parent_is_no_parent_and_a_client_shares_nothing()
    {
        Span span = One(Ids, Field(2, Id), VarintField(4, 1), VarintField(13, 1));
        Assert.True(span.ParentSpanId.IsZero);
        Assert.Equal((SpanKind.Client, SpanTraits.None), (span.Kind, span.Traits));
    }

    [Fact]
    public void Unknown_kinds_and_fields_and_empty_annotations_are_left_out_and_empty_tags_kept()
    {
        Span span = One(
            Ids, VarintField(4, 9), Field(99, [1, 2, 3]), Field(10, Fixed64Field(1, 5)), Field(10, Field(2, "x")),
            Field(10, Fixed64Field(1, 7), Field(2, "seen")), Field(11, Field(1, "k")));
        Assert.Equal(SpanKind.Unspecified, span.Kind);
        Assert.Equal([new SpanEvent(7_000, "seen")], span.Events);
        Assert.Equal(["k="], span.Attributes.Select(static item => item.ToString()));
    }

    [Fact]
    public void Addresses_are_told_by_their_length_and_an_ipv4_inside_an_ipv6_is_one()
    {
        Assert.Equal(IPAddress.Parse("1.2.3.4"), Local([1, 2, 3, 4])!.Ipv4);
        Assert.Equal(IPAddress.Parse("1.2.3.4"), Local([.. new byte[12], 1, 2, 3, 4])!.Ipv4);
        Assert.Equal(IPAddress.IPv6Loopback, Local([.. new byte[15], 1])!.Ipv6);
        Assert.Null(Local([1, 2, 3]));

        static Endpoint? Local(byte[] address) => One(Ids, Field(8, Field(3, address))).LocalEndpoint;
    }

    [Fact]
    public void Spans_without_ids_or_with_values_out_of_range_are_refused_in_Zipkins_words()
    {
        Assert.Equal("Missing : traceId id reading List<Span> from proto3 at byte 1", Refusal());
        Assert.Equal("Missing : id reading List<Span> from proto3 at byte 1", Refusal(Field(1, TraceIdBytes)));
        Assert.StartsWith("traceId is empty reading List<Span> from proto3", Refusal(Field(1, "")));
        Assert.StartsWith("traceId has 9 bytes, not 8 or 16", Refusal(Field(1, new byte[9])));
        Assert.StartsWith("id has 16 bytes, not 8", Refusal(Field(3, new byte[16])));
        Assert.StartsWith("invalid port 65536", Refusal(Ids, Field(8, VarintField(4, 65536))));
        Assert.StartsWith("timestamp lies beyond the year 2262", Refusal(Ids, Fixed64Field(6, ulong.MaxValue)));
        Assert.StartsWith("timestamp + duration lies beyond", Refusal(Ids, Fixed64Field(6, 9_000_000_000_000_000), VarintField(7, 9_000_000_000_000_000)));
        Assert.StartsWith("invalid boolean value 2 in Span.debug", Refusal(Ids, VarintField(12, 2)));
        Assert.StartsWith("wire type 0 does not fit Span.name", Refusal(Ids, VarintField(5, 2)));
    }

    [Fact]
    public void What_is_no_list_of_spans_is_refused_and_nothing_is_an_empty_one()
    {
        Assert.Equal("Expected a PROTO3 encoded list at byte 0", Assert.Throws<SpanFormatException>(() => ZipkinProto3.Decode("[]"u8.ToArray())).Message);
        Assert.Empty(ZipkinProto3.Decode([]));
    }

    [Fact]
    public void A_recorded_request_cut_anywhere_between_spans_is_refused_with_an_offset()
    {
        byte[] payload = Capture();
        int refused = 0;
        for (int length = 1; length < payload.Length; length++)
        {
            try
            {
                ZipkinProto3.Decode(payload[..length]);
            }
            catch (SpanFormatException error)
            {
                Assert.InRange(error.ByteOffset, 0, length);
                refused++;
            }
        }
        // It reads only where a whole number of its spans ends.
        Assert.InRange(payload.Length - 1 - refused, 1, 20);
    }

    [Fact]
    public void Damaged_requests_are_decoded_or_refused_and_nothing_else_happens()
    {
        var builder = new SpanBatchBuilder();
        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ZipkinProto3, payload, builder)), [Capture()], 5000);
    }

    [Fact]
    public void A_warm_decoder_allocates_nothing()
    {
        byte[] payload = Capture();
        var builder = new SpanBatchBuilder();
        SpanDecoder.Decode(BatchFormat.ZipkinProto3, payload, builder);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 40; i++)
                SpanDecoder.Decode(BatchFormat.ZipkinProto3, payload, builder);
        }));
    }

    private static byte[] Capture() => File.ReadAllBytes(Path.Combine(Fixtures.Captures, "node-zipkin-proto3.bin"));

    private static byte[] Ids => [.. Field(1, TraceIdBytes), .. Field(3, Id)];

    private static Span One(params byte[][] fields) => Assert.Single(ZipkinProto3.Decode(Field(1, fields)));

    private static string Refusal(params byte[][] fields) => Assert.Throws<SpanFormatException>(() => One(fields)).Message;
}
