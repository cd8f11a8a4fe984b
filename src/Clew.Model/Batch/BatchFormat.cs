namespace Clew.Model;

/// <summary>How a payload is encoded. Written to disk beside the payload: numbers are never reused.</summary>
public enum BatchFormat : byte
{
    None = 0,

    /// <summary>OTLP <c>ExportTraceServiceRequest</c>, protobuf.</summary>
    OtlpProtobuf = 1,

    /// <summary>OTLP <c>ExportTraceServiceRequest</c>, JSON (hex ids).</summary>
    OtlpJson = 2,

    /// <summary>A Zipkin v2 JSON list of spans.</summary>
    ZipkinV2Json = 3,

    /// <summary>A bare Jaeger <c>Batch</c> struct in Thrift's binary protocol (HTTP 14268).</summary>
    JaegerThriftBinaryBatch = 4,

    /// <summary>A Thrift binary message <c>emitBatch</c> or <c>emitZipkinBatch</c> (UDP 6832).</summary>
    JaegerThriftBinaryMessage = 5,

    /// <summary>A Thrift compact message <c>emitBatch</c> or <c>emitZipkinBatch</c> (UDP 6831, 5775).</summary>
    JaegerThriftCompactMessage = 6,

    /// <summary>A <c>zipkin.proto3.ListOfSpans</c>.</summary>
    ZipkinProto3 = 7,

    /// <summary>A Zipkin v1 JSON list of spans.</summary>
    ZipkinV1Json = 8,

    /// <summary>A list of <c>zipkincore.Span</c> structs in Thrift's binary protocol, without an envelope.</summary>
    ZipkinV1Thrift = 9,

    /// <summary>Jaeger's <c>PostSpansRequest</c> (api_v2), protobuf (gRPC 14250).</summary>
    JaegerProtobufRequest = 16,

    /// <summary>Clew's own, for batches that came without a payload; everything a batch holds (docs/format/spans.md).</summary>
    ClewSpans = 17,
}
