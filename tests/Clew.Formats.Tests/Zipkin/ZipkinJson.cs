using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Clew.Formats.Zipkin;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin;

/// <summary>Decodes and encodes for the tests of this folder.</summary>
internal static class ZipkinJson
{
    public static Span[] Decode(byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ZipkinV2Json, payload, new SpanBatchBuilder()));

    public static Span[] Decode(string json) => Decode(Encoding.UTF8.GetBytes(json));

    /// <summary>The one span of a list whose members stand in <paramref name="members"/>, beside valid ids.</summary>
    public static Span DecodeMembers(string members) => Assert.Single(Decode($$"""[{"traceId":"1","id":"2",{{members}}}]"""));

    public static string Refusal(string json) => Assert.Throws<SpanFormatException>(() => Decode(json)).Message;

    public static byte[] Encode(params IEnumerable<Span> spans)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            ZipkinV2JsonEncoder.WriteSpans(writer, spans);
        return stream.ToArray();
    }

    public static string EncodeText(params IEnumerable<Span> spans) => Encoding.UTF8.GetString(Encode(spans));
}
