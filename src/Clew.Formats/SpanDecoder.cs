using System.Buffers;
using Clew.Formats.Jaeger;
using Clew.Formats.Native;
using Clew.Formats.Otlp;
using Clew.Formats.Zipkin;
using Clew.Formats.Zipkin.V1;
using Clew.Model;

namespace Clew.Formats;

/// <summary>
/// The one way from bytes to a batch: what receivers call for a request and a store calls to replay a logged body, so both
/// always read alike.
/// </summary>
public static class SpanDecoder
{
    /// <summary>Decodes a decompressed payload, which must stay untouched as long as the returned batch (the builder's) is in use.</summary>
    /// <exception cref="SpanFormatException">The payload is not well-formed, or over a limit (<see cref="SpanLimitException"/>).</exception>
    public static SpanBatch Decode(BatchFormat format, ReadOnlyMemory<byte> payload, SpanBatchBuilder builder)
    {
        builder.Start(format, payload);
        switch (format)
        {
            case BatchFormat.OtlpProtobuf:
                OtlpProtobufDecoder.Decode(payload, builder);
                break;
            case BatchFormat.JaegerThriftBinaryBatch:
            case BatchFormat.JaegerThriftBinaryMessage:
            case BatchFormat.JaegerThriftCompactMessage:
                JaegerThriftDecoder.Decode(builder);
                break;
            case BatchFormat.JaegerProtobufRequest:
                JaegerProtobufDecoder.Decode(builder);
                break;
            case BatchFormat.OtlpJson:
                OtlpJsonDecoder.Decode(payload, builder);
                break;
            case BatchFormat.ZipkinV2Json:
                ZipkinJsonDecoder.DecodeV2(builder);
                break;
            case BatchFormat.ZipkinV1Json:
                ZipkinJsonDecoder.DecodeV1(builder);
                break;
            case BatchFormat.ZipkinProto3:
                ZipkinProto3Decoder.Decode(builder);
                break;
            case BatchFormat.ZipkinV1Thrift:
                ZipkinV1ThriftDecoder.Decode(builder);
                break;
            case BatchFormat.ClewSpans:
                ClewSpansDecoder.Decode(builder);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "No decoder for this format.");
        }
        return builder.Batch;
    }

    /// <summary>
    /// Decodes a payload that may be in pieces: one piece is read where it is, several are first copied into a buffer of the builder's.
    /// </summary>
    /// <inheritdoc cref="Decode(BatchFormat, ReadOnlyMemory{byte}, SpanBatchBuilder)"/>
    public static SpanBatch Decode(BatchFormat format, in ReadOnlySequence<byte> payload, SpanBatchBuilder builder)
    {
        if (payload.IsSingleSegment)
            return Decode(format, payload.First, builder);
        if (payload.Length > Array.MaxLength)
            throw new SpanLimitException("PayloadBytesMax", Array.MaxLength);
        Memory<byte> whole = builder.PayloadBuffer((int)payload.Length);
        payload.CopyTo(whole.Span);
        return Decode(format, whole, builder);
    }
}
