using System.Diagnostics;
using Clew.Model;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Jaeger;
using Span = Clew.Model.Span;

namespace Clew.Tracing.Tests.Exporters;

public sealed class JaegerEncoderTests : IDisposable
{
    private readonly JaegerRequestEncoder request = new(Activities.Resource);
    private readonly JaegerPacketEncoder packet = new(Activities.Resource, JaegerUdpExporterOptions.PacketBytesLimit);

    public void Dispose()
    {
        request.Dispose();
        packet.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_full_activity_comes_out_of_the_servers_decoder(bool compact)
    {
        Activity activity = Activities.Full();

        Span span = Assert.Single(Decode(compact, activity));

        Assert.Equal(activity.TraceId.ToHexString(), span.TraceId.ToString());
        Assert.Equal(activity.SpanId.ToHexString(), span.SpanId.ToString());
        Assert.Equal("8000000000000001", span.ParentSpanId.ToString());
        Assert.Equal("GET /cart", span.Name);
        Assert.Equal(SpanKind.Client, span.Kind);
        Assert.Equal(1u, span.Flags);
        Assert.Equal(UnixTime.Ns(Activities.Start) / 1000 * 1000, span.StartNs);
        Assert.Equal(2_500_001_000, span.DurationNs);
        Assert.Equal("checkout", span.ServiceName);
        Assert.Equal(4, span.Resource.Attributes.Single(item => item.Key == "host.cpus").Value.AsInt64());
        Assert.Equal(StatusCode.Error, span.Status);
        Assert.Equal("it broke", span.StatusMessage);
        Assert.Equal("a=1,b=2", span.TraceState);
        Assert.Equal((Activities.SourceName, "1.2.3"), (span.Scope.Name, span.Scope.Version));
        Assert.Equal("größe \"x\"\n", span.Value("text").AsString());
        Assert.True(span.Value("yes").AsBool());
        Assert.Equal(long.MinValue, span.Value("least").AsInt64());
        Assert.Equal(long.MaxValue, span.Value("most").AsInt64());
        Assert.Equal("18446744073709551615", span.Value("beyond").AsString());
        Assert.Equal(0.5, span.Value("half").AsDouble());
        Assert.Equal([0, 255, 7], span.Value("bytes").AsBytes().ToArray());
        Assert.Equal("""["a","b"]""", span.Value("list").AsString());
        Assert.Equal("""{"k":1}""", span.Value("map").AsString());
        Assert.DoesNotContain(span.Attributes, item => item.Key == "absent");
        SpanLink link = Assert.Single(span.Links);
        Assert.Equal(Activities.Link.Context.TraceId.ToHexString(), link.TraceId.ToString());
        Assert.Equal(Activities.Link.Context.SpanId.ToHexString(), link.SpanId.ToString());
        Assert.Equal(["plain", "rich"], span.Events.Select(item => item.Name));
        Assert.Equal(span.StartNs + 2_000_000, span.Events[1].TimeNs);
        Assert.Equal(3, span.Events[1].Attributes.Single(item => item.Key == "n").Value.AsInt64());
    }

    [Theory]
    [InlineData(ActivityKind.Server, SpanKind.Server)]
    [InlineData(ActivityKind.Producer, SpanKind.Producer)]
    [InlineData(ActivityKind.Consumer, SpanKind.Consumer)]
    [InlineData(ActivityKind.Internal, SpanKind.Internal)]
    public void Kinds_are_kept(ActivityKind kind, SpanKind expected)
    {
        Assert.Equal(expected, Assert.Single(Decode(compact: true, Activities.Full(kind))).Kind);
        Assert.Equal(expected, Assert.Single(Decode(compact: false, Activities.Full(kind))).Kind);
    }

    [Fact]
    public void An_event_with_a_field_called_event_keeps_that()
    {
        Activity activity = Activities.Plain();
        activity.AddEvent(new ActivityEvent("name", default, new ActivityTagsCollection { ["event"] = "field" }));

        Assert.Equal("field", Assert.Single(Assert.Single(Decode(compact: true, activity)).Events).Name);
    }

    [Fact]
    public void The_datagram_begins_as_a_oneway_call_of_emitBatch()
    {
        packet.Add(Activities.Plain());

        Assert.Equal("82-81-00-09-65-6D-69-74-42-61-74-63-68", BitConverter.ToString(packet.Finish().Written[..13].ToArray()));
    }

    [Fact]
    public void Many_spans_go_into_packets_within_the_bound_in_order_and_none_is_lost()
    {
        const int Bound = 3_000;
        const int Count = 500;
        using var small = new JaegerPacketEncoder(Activities.Resource, Bound);
        var received = new List<string>();
        var sizes = new List<int>();
        PacketSink sink = (bytes, count) =>
        {
            Span[] spans = Decoded.Spans(BatchFormat.JaegerThriftCompactMessage, bytes);
            Assert.Equal(count, spans.Length);
            sizes.Add(bytes.Length);
            received.AddRange(spans.Select(span => span.Name));
        };

        for (int i = 0; i < Count; i++)
            Assert.Null(small.TryAdd(Activities.Plain($"span {i}", new string('x', i * 7 % 900)), sink));
        sink(small.Finish().Written, small.SpanCount);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"span {i}"), received);
        Assert.All(sizes, size => Assert.InRange(size, 1, Bound));
        Assert.True(sizes.Average() > Bound * 0.6, $"packets are {sizes.Average()} bytes on average");
    }

    [Fact]
    public void The_largest_span_that_fits_is_sent_and_one_byte_more_is_too_large()
    {
        PacketSink none = (_, _) => Assert.Fail("nothing else to send");
        // Always the same one: ids and times take more or fewer bytes by their value.
        Activity activity = Activities.Plain();
        int fits = 0;
        int tooLarge = 65_000;
        while (tooLarge - fits > 1)
        {
            int middle = (fits + tooLarge) / 2;
            packet.Reset();
            if (packet.TryAdd(activity.SetTag("payload", new string('x', middle)), none) is null)
                fits = middle;
            else
                tooLarge = middle;
        }
        packet.Reset();
        Assert.Equal("too_large", packet.TryAdd(activity.SetTag("payload", new string('x', tooLarge)), none));
        Assert.Equal(0, packet.SpanCount);
        Assert.Null(packet.TryAdd(activity.SetTag("payload", new string('x', fits)), none));
        // The list's header is reserved at its longest.
        Assert.InRange(packet.Finish().Written.Length, JaegerUdpExporterOptions.PacketBytesLimit - 8, JaegerUdpExporterOptions.PacketBytesLimit);
    }

    private Span[] Decode(bool compact, Activity activity)
    {
        IRequestEncoder encoder = compact ? packet : request;
        encoder.Reset();
        encoder.Add(activity);
        return Decoded.Spans(compact ? BatchFormat.JaegerThriftCompactMessage : BatchFormat.JaegerThriftBinaryBatch, encoder.Finish().Written);
    }
}
