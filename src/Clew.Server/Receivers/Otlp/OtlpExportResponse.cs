using System.Buffers;
using System.Text.Json;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Otlp;

/// <summary>
/// <c>ExportTraceServiceResponse</c>: empty when everything was taken, else a partial success with the number of rejected spans and why
/// (OTLP specification 1.x, "Partial Success").
/// </summary>
internal static class OtlpExportResponse
{
    public static void WriteProtobuf(IBufferWriter<byte> writer, in IngestResult result)
    {
        if (result.RejectedSpans == 0)
            return;
        var partial = new ArrayBufferWriter<byte>();
        partial.WriteInt64(1, result.RejectedSpans);
        partial.WriteString(2, result.RejectReason ?? "");
        writer.WriteMessage(1, partial.WrittenSpan);
    }

    public static void WriteJson(IBufferWriter<byte> writer, in IngestResult result)
    {
        using var json = new Utf8JsonWriter(writer);
        json.WriteStartObject();
        if (result.RejectedSpans > 0)
        {
            json.WriteStartObject("partialSuccess"u8);
            // 64-bit integers are strings in protobuf's JSON.
            json.WriteString("rejectedSpans"u8, result.RejectedSpans.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("errorMessage"u8, result.RejectReason);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
