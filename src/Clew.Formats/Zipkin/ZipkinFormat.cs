using System.Text.Json;
using Clew.Formats.Zipkin.V1;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Tells Zipkin's four encodings apart by what a body is, since content types and paths are often wrong.</summary>
public static class ZipkinFormat
{
    private const int DepthMax = 64;

    /// <summary>
    /// The format of a body that should be in <paramref name="expected"/>: another one only when the bytes leave no doubt; a body that is none of the four
    /// stays what was expected, for its decoder to refuse in its words.
    /// </summary>
    public static BatchFormat Detect(ReadOnlySpan<byte> payload, BatchFormat expected)
    {
        ReadOnlySpan<byte> text = payload[ZipkinJsonDecoder.TextStart(payload)..].TrimStart(" \t\r\n"u8);
        bool isJson = text is [(byte)'[', ..];
        bool expectsJson = expected is BatchFormat.ZipkinV2Json or BatchFormat.ZipkinV1Json;
        // A line feed is also the tag of a proto3 span: JSON behind one might just divide into spans by chance.
        if (!payload.IsEmpty && !(isJson && expectsJson) && ZipkinProto3Decoder.IsFramed(payload))
            return BatchFormat.ZipkinProto3;
        if (isJson)
            return JsonVersion(text, expected == BatchFormat.ZipkinV1Json || expected == BatchFormat.ZipkinV1Thrift);
        return ZipkinV1ThriftDecoder.IsList(payload) ? BatchFormat.ZipkinV1Thrift : expected;
    }

    /// <summary>The first key that only one version has decides; a list without any reads the same in both.</summary>
    private static BatchFormat JsonVersion(ReadOnlySpan<byte> text, bool expectsV1)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DepthMax });
        bool inAnnotations = false;
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                    continue;
                // The list, the span; and below its annotations another list and the annotation.
                if (json.CurrentDepth == 2)
                {
                    ZipkinSpanField field = ZipkinFieldNames.SpanField(json.ValueSpan);
                    if (field is ZipkinSpanField.BinaryAnnotations)
                        return BatchFormat.ZipkinV1Json;
                    if (field is ZipkinSpanField.LocalEndpoint or ZipkinSpanField.RemoteEndpoint or ZipkinSpanField.Tags or ZipkinSpanField.Kind or ZipkinSpanField.Shared)
                        return BatchFormat.ZipkinV2Json;
                    inAnnotations = field is ZipkinSpanField.Annotations;
                }
                else if (inAnnotations && json.CurrentDepth == 4 && ZipkinFieldNames.AnnotationField(json.ValueSpan) is ZipkinAnnotationField.Endpoint)
                {
                    return BatchFormat.ZipkinV1Json;
                }
            }
        }
        catch (JsonException)
        {
            // The decoder finds it again and says where.
        }
        return expectsV1 ? BatchFormat.ZipkinV1Json : BatchFormat.ZipkinV2Json;
    }
}
