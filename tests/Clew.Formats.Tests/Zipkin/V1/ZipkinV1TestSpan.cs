using System.Text.Json;
using Clew.Formats.Tests.Thrift;
using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin.V1;

/// <summary>A v1 span as tests write it down, and its encodings.</summary>
internal sealed record ZipkinV1TestSpan
{
    public TraceId TraceId { get; init; } = new(0, 1);

    public SpanId SpanId { get; init; } = new(2);

    public SpanId ParentSpanId { get; init; }

    public string Name { get; init; } = "get";

    public long TimestampUs { get; init; }

    public long DurationUs { get; init; }

    public bool IsDebug { get; init; }

    public List<(long TimeUs, string Value, Endpoint? Endpoint)> Annotations { get; init; } = [];

    /// <summary>A value is a string or true.</summary>
    public List<(string Key, object Value, Endpoint? Endpoint)> Tags { get; init; } = [];

    /// <summary>What the span becomes: the same whatever its encoding, which is asserted.</summary>
    public Span[] Convert()
    {
        Span[] spans = Decode(BatchFormat.ZipkinV1Json, Json(this));
        Assert.Equal(spans, Decode(BatchFormat.ZipkinV1Thrift, ThriftList(this)));
        Assert.Equal(spans, Decode(BatchFormat.JaegerThriftBinaryMessage, ThriftMessage(new ThriftBinaryTestWriter(), this)));
        Assert.Equal(spans, Decode(BatchFormat.JaegerThriftCompactMessage, ThriftMessage(new ThriftCompactTestWriter(), this)));
        return spans;
    }

    public static Span[] Decode(BatchFormat format, byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, new SpanBatchBuilder()));

    public static byte[] Json(params IEnumerable<ZipkinV1TestSpan> spans)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (ZipkinV1TestSpan span in spans)
                span.Write(json);
            json.WriteEndArray();
        }
        return stream.ToArray();
    }

    public static byte[] ThriftList(params IReadOnlyCollection<ZipkinV1TestSpan> spans)
    {
        var writer = new ThriftBinaryTestWriter();
        writer.List(spans, ThriftType.Struct, span => span.Write(writer));
        return writer.ToArray();
    }

    public static byte[] ThriftMessage(ThriftTestWriter writer, params IReadOnlyCollection<ZipkinV1TestSpan> spans)
    {
        writer.Message("emitZipkinBatch", Formats.Thrift.ThriftMessage.Oneway, () => writer.Struct(
            new TestField(1, ThriftType.List, () => writer.List(spans, ThriftType.Struct, span => span.Write(writer)))));
        return writer.ToArray();
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("traceId", TraceId.ToShortString());
        json.WriteString("id", SpanId.ToString());
        if (!ParentSpanId.IsZero)
            json.WriteString("parentId", ParentSpanId.ToString());
        json.WriteString("name", Name);
        if (TimestampUs != 0)
            json.WriteNumber("timestamp", TimestampUs);
        if (DurationUs != 0)
            json.WriteNumber("duration", DurationUs);
        if (IsDebug)
            json.WriteBoolean("debug", true);
        json.WriteStartArray("annotations");
        foreach ((long timeUs, string value, Endpoint? endpoint) in Annotations)
        {
            json.WriteStartObject();
            Write(json, endpoint);
            json.WriteNumber("timestamp", timeUs);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("binaryAnnotations");
        foreach ((string key, object value, Endpoint? endpoint) in Tags)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WritePropertyName("value");
            JsonSerializer.Serialize(json, value);
            Write(json, endpoint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Endpoint? endpoint)
    {
        if (endpoint is null)
            return;
        json.WriteStartObject("endpoint");
        json.WriteString("serviceName", endpoint.ServiceName ?? "");
        if (endpoint.Ipv4 is not null)
            json.WriteString("ipv4", endpoint.Ipv4.ToString());
        if (endpoint.Ipv6 is not null)
            json.WriteString("ipv6", endpoint.Ipv6.ToString());
        json.WriteNumber("port", endpoint.Port);
        json.WriteEndObject();
    }

    private void Write(ThriftTestWriter writer) => writer.Struct(
    [
        Int64(writer, 1, (long)TraceId.Low),
        new(3, ThriftType.Binary, () => writer.String(Name)),
        Int64(writer, 4, (long)SpanId.Value),
        Int64(writer, 5, (long)ParentSpanId.Value),
        new(6, ThriftType.List, () => writer.List(Annotations, ThriftType.Struct, item => writer.Struct(
        [
            Int64(writer, 1, item.TimeUs),
            new(2, ThriftType.Binary, () => writer.String(item.Value)),
            .. Host(writer, 3, item.Endpoint),
        ]))),
        new(8, ThriftType.List, () => writer.List(Tags, ThriftType.Struct, item => writer.Struct(
        [
            new(1, ThriftType.Binary, () => writer.String(item.Key)),
            new(2, ThriftType.Binary, () => WriteValue(writer, item.Value)),
            new(3, ThriftType.I32, () => writer.Int32(item.Value is string ? 6 : 0)),
            .. Host(writer, 4, item.Endpoint),
        ]))),
        TestField.OfBool(9, IsDebug),
        Int64(writer, 10, TimestampUs),
        Int64(writer, 11, DurationUs),
        Int64(writer, 12, (long)TraceId.High),
        new(99, ThriftType.Struct, () => writer.Struct(TestField.OfBool(1, true))),
    ]);

    private static void WriteValue(ThriftTestWriter writer, object value)
    {
        if (value is string text)
            writer.String(text);
        else
            writer.Binary([(bool)value ? (byte)1 : (byte)0]);
    }

    private static TestField Int64(ThriftTestWriter writer, short id, long value) => new(id, ThriftType.I64, () => writer.Int64(value));

    private static TestField[] Host(ThriftTestWriter writer, short id, Endpoint? endpoint) => endpoint is null ? [] :
    [
        new(id, ThriftType.Struct, () => writer.Struct(
        [
            new(1, ThriftType.I32, () => writer.Int32(endpoint.Ipv4 is null ? 0 : System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(endpoint.Ipv4.GetAddressBytes()))),
            new(2, ThriftType.I16, () => writer.Int16((short)endpoint.Port)),
            new(3, ThriftType.Binary, () => writer.String(endpoint.ServiceName ?? "")),
            .. endpoint.Ipv6 is null ? Array.Empty<TestField>() : [new TestField(4, ThriftType.Binary, () => writer.Binary(endpoint.Ipv6.GetAddressBytes()))],
        ])),
    ];
}
