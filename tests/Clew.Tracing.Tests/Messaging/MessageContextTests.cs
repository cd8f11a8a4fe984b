using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Clew.Tracing.Exporters;
using Clew.Tracing.Messaging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Messaging;

public sealed class MessageContextTests : IDisposable
{
    private readonly InMemoryExporter exporter = new();
    private readonly TracerProvider provider;
    private readonly Activity sending = new Activity("sending") { ActivityTraceFlags = ActivityTraceFlags.Recorded, TraceStateString = "a=1" }.AddBaggage("tenant", "t1").Start();

    public MessageContextTests() => provider = Sdk.CreateTracerProviderBuilder().AddClewMessagingInstrumentation().AddClewInMemoryExporter(exporter).Build();

    public void Dispose()
    {
        sending.Dispose();
        provider.Dispose();
    }

    [Fact]
    public void A_context_comes_back_from_headers_of_every_kind()
    {
        var objects = new Dictionary<string, object?>();
        var texts = new Dictionary<string, string>();
        var bytes = new Dictionary<string, byte[]>();
        MessageContext.Inject(objects, sending);
        MessageContext.Inject(texts, sending);
        MessageContext.Inject(bytes, sending);
        // As a broker hands them out.
        Dictionary<string, object?> received = bytes.ToDictionary(item => item.Key, item => (object?)item.Value);
        received["x-death"] = new List<object>();

        foreach (MessageContext context in new[] { MessageContext.Extract(objects), MessageContext.Extract(texts), MessageContext.Extract(bytes), MessageContext.Extract(received) })
        {
            Assert.Equal(new ActivityContext(sending.TraceId, sending.SpanId, ActivityTraceFlags.Recorded, "a=1", isRemote: true), context.Producer);
            Assert.Equal([new("tenant", "t1")], context.Baggage);
        }
    }

    [Fact]
    public void Headers_without_a_context_and_no_headers_have_none()
    {
        Assert.False(MessageContext.Extract((IDictionary<string, object?>?)null).HasProducer);
        Assert.False(MessageContext.Extract(new Dictionary<string, object?> { ["traceparent"] = 7, ["baggage"] = null }).HasProducer);
        Assert.False(MessageContext.Extract(new Dictionary<string, string> { ["traceparent"] = "nonsense" }).HasProducer);
    }

    [Theory]
    [InlineData("""{"order":1,"lines":[{"n":2}]}""")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void A_context_travels_in_a_body_of_JSON(string body)
    {
        byte[] message = MessageEnvelope.Wrap(Encoding.UTF8.GetBytes(body), sending);
        ReadOnlyMemory<byte> unwrapped = MessageEnvelope.Unwrap(message, out MessageContext context);

        Assert.Equal(body, Encoding.UTF8.GetString(unwrapped.Span));
        Assert.Equal(sending.SpanId, context.Producer.SpanId);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(message).RootElement.GetProperty("trace").ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""{"trace":{},"body":1,"more":2}""")]
    [InlineData("""{"trace":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}""")]
    [InlineData("""{"trace":{"a":{}},"body":""")]
    [InlineData("""{"trace":"mine","body":1}""")]
    public void A_body_that_is_no_envelope_is_given_back_whole(string body)
    {
        ReadOnlyMemory<byte> unwrapped = MessageEnvelope.Unwrap(Encoding.UTF8.GetBytes(body), out MessageContext context);

        Assert.Equal(body, Encoding.UTF8.GetString(unwrapped.Span));
        Assert.False(context.HasProducer);
    }

    [Fact]
    public void A_body_that_is_not_JSON_is_not_wrapped() => Assert.ThrowsAny<JsonException>(() => MessageEnvelope.Wrap("not JSON"u8, sending));

    [Fact]
    public void Spans_by_hand_follow_the_conventions_and_a_batch_links_to_every_producer()
    {
        sending.Stop();
        var contexts = new List<MessageContext> { new(default, []) };
        for (int i = 0; i < 3; i++)
        {
            var headers = new Dictionary<string, object?>();
            using (MessagingSpans.StartSend("kafka", "orders", headers))
                contexts.Add(MessageContext.Extract(headers));
        }
        using (MessagingSpans.StartProcessBatch("kafka", "orders", contexts))
        {
        }
        using (MessagingSpans.StartProcess("kafka", "orders", contexts[1]))
        {
        }

        Activity[] sends = [.. exporter.Spans.Where(span => span.DisplayName == "send orders")];
        Activity[] processes = [.. exporter.Spans.Where(span => span.DisplayName == "process orders")];
        Assert.Equal([ActivityKind.Producer, ActivityKind.Producer, ActivityKind.Producer], sends.Select(span => span.Kind));
        Assert.Equal(sends.Select(span => span.SpanId), processes[0].Links.Select(link => link.Context.SpanId));
        Assert.Equal(4, processes[0].GetTagItem("messaging.batch.message_count"));
        Assert.Equal((sends[0].TraceId, sends[0].SpanId, ActivityKind.Consumer), (processes[1].TraceId, processes[1].ParentSpanId, processes[1].Kind));
        Assert.Equal("kafka", processes[1].GetTagItem("messaging.system"));
    }
}
