using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Reads OTLP's <c>ExportTraceServiceRequest</c> (opentelemetry-proto 1.x) in protobuf's binary form.</summary>
/// <remarks>
/// Fields may come in any order and singular messages in several pieces, as protobuf allows. Unknown fields are skipped, unknown enum values read
/// as unspecified. Zero ids and ends before starts are passed on: refusing single spans is for the pipeline.
/// </remarks>
public static class OtlpProtobufDecoder
{
    /// <param name="payload">What <paramref name="builder"/> was started with.</param>
    /// <param name="builder">Takes the rows.</param>
    /// <exception cref="SpanFormatException">The payload is not well-formed, or over a limit (<see cref="SpanLimitException"/>).</exception>
    public static void Decode(ReadOnlyMemory<byte> payload, SpanBatchBuilder builder) =>
        new OtlpProtobufParser(payload.Span, builder).ReadRequest();
}
