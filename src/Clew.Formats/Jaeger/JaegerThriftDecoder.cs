using System.Diagnostics;
using System.Text;
using Clew.Formats.Thrift;
using Clew.Formats.Zipkin.V1;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Decodes what Jaeger clients send in Thrift: a bare <c>Batch</c> over HTTP, or a call of <c>Agent.emitBatch</c> or
/// <c>emitZipkinBatch</c> in a datagram (jaeger-idl,
/// <c>jaeger.thrift</c> and <c>agent.thrift</c>). Allocates nothing per span once its builder is warm.
/// <para>
/// Tags with a meaning in the model move to their field, so that they come out once and whatever format a span came in: <c>span.kind</c>,
/// <c>error</c> = true, <c>otel.status_code</c>, <c>otel.status_description</c>, <c>w3c.tracestate</c>, <c>otel.scope.*</c> and
/// <c>otel.library.*</c>. One whose value is not understood stays a tag. A span is an error when its sender said so: nothing is concluded
/// from <c>http.status_code</c>, since whether a 4xx is an error is not the server's to decide.
/// </para>
/// </summary>
internal static class JaegerThriftDecoder
{
    // A method's name in an error message: whatever was sent must not fill a log.
    private const int MethodBytesShownMax = 64;

    /// <summary>Decodes the payload the builder was started with.</summary>
    /// <exception cref="SpanFormatException">Not well-formed, bytes left over, or a call of another method.</exception>
    public static void Decode(SpanBatchBuilder builder)
    {
        ReadOnlySpan<byte> payload = builder.Batch.Payload.Span;
        switch (builder.Batch.Format)
        {
            case BatchFormat.JaegerThriftBinaryBatch:
                DecodeBatch(new ThriftBinaryReader(payload), builder);
                break;
            case BatchFormat.JaegerThriftBinaryMessage:
                DecodeMessage(new ThriftBinaryReader(payload), builder);
                break;
            default:
                Debug.Assert(builder.Batch.Format == BatchFormat.JaegerThriftCompactMessage);
                DecodeMessage(new ThriftCompactReader(payload), builder);
                break;
        }
    }

    private static void DecodeBatch<TReader>(TReader reader, SpanBatchBuilder builder) where TReader : struct, IThriftReader, allows ref struct
    {
        var decoder = new JaegerBatchDecoder<TReader>(reader, builder);
        decoder.ReadBatch();
        decoder.ReadEnd();
    }

    private static void DecodeMessage<TReader>(TReader reader, SpanBatchBuilder builder) where TReader : struct, IThriftReader, allows ref struct
    {
        ThriftMessage message = reader.ReadMessage();
        if (message.Type is not (ThriftMessage.Call or ThriftMessage.Oneway))
            ThriftErrors.Envelope($"a Thrift message of type {message.Type} is not a call", 0, SpanFormatProblem.OtherMessage);
        ReadOnlySpan<byte> method = builder.Batch.Bytes(message.Method);
        if (method.SequenceEqual("emitZipkinBatch"u8))
        {
            ZipkinV1ThriftDecoder.DecodeArguments(reader, builder);
            return;
        }
        if (!method.SequenceEqual("emitBatch"u8))
        {
            string shown = Encoding.UTF8.GetString(method[..Math.Min(method.Length, MethodBytesShownMax)]);
            ThriftErrors.Envelope($"the method '{shown}' is not known; only emitBatch and emitZipkinBatch are", message.Method.Offset, SpanFormatProblem.OtherMessage);
        }
        var decoder = new JaegerBatchDecoder<TReader>(reader, builder);
        decoder.ReadArguments();
        decoder.ReadEnd();
    }
}
