using System.Text.Json;
using Clew.Formats.Zipkin.V1;
using Clew.Model;

namespace Clew.Formats.Zipkin;

// Version 1 of the format: the same ids, endpoints and annotations (which have endpoints of their own), and binary annotations for tags.
internal ref partial struct ZipkinJsonReader
{
    public void ReadV1List(ZipkinV1Converter converter)
    {
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "an object");
            ReadV1Span(converter);
        }
        json.Read();
    }

    private void ReadV1Span(ZipkinV1Converter converter)
    {
        int spanOffset = TokenOffset;
        ZipkinV1Span span = converter.Begin();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadV1SpanField(span);
        if (span.Common.TraceId.IsZero)
            ThrowRefused("traceId == 0", spanOffset);
        if (span.Common.SpanId.IsZero)
            ThrowRefused("id == 0", spanOffset);
        converter.Complete(ref rows);
    }

    private void ReadV1SpanField(ZipkinV1Span span)
    {
        ZipkinSpanField field = ZipkinFieldNames.SpanField(PropertyName());
        json.Read();
        if (json.TokenType == JsonTokenType.Null && field is not (ZipkinSpanField.TraceId or ZipkinSpanField.Id))
            return;
        switch (field)
        {
            case ZipkinSpanField.TraceId:
                span.Common.TraceId = ReadV1Id("traceId");
                break;
            case ZipkinSpanField.ParentId:
                span.Common.ParentSpanId = new SpanId(ReadV1Id("parentId").Low);
                break;
            case ZipkinSpanField.Id:
                span.Common.SpanId = new SpanId(ReadV1Id("id").Low);
                break;
            case ZipkinSpanField.Name:
                span.Common.Name = ReadText();
                break;
            case ZipkinSpanField.Timestamp:
                span.Common.StartNs = Math.Max(0, ReadMicros());
                break;
            case ZipkinSpanField.Duration:
                span.Common.DurationNs = Math.Max(0, ReadMicros());
                break;
            case ZipkinSpanField.Annotations:
                ReadV1Annotations(span);
                break;
            case ZipkinSpanField.BinaryAnnotations:
                ReadV1Tags(span);
                break;
            case ZipkinSpanField.Debug:
                span.Common.Traits = ReadFlag(span.Common.Traits, SpanTraits.Debug);
                break;
            case ZipkinSpanField.LocalEndpoint or ZipkinSpanField.RemoteEndpoint or ZipkinSpanField.Tags:
                ThrowIsV2(TokenOffset);
                break;
            default:
                json.Skip();
                break;
        }
    }

    /// <summary>1 to 32 hex digits; of a span id only the last 16 count.</summary>
    private TraceId ReadV1Id(string field)
    {
        ReadOnlySpan<byte> hex = batch.Bytes(ReadText());
        if (hex.IsEmpty || hex.Length > TraceId.HexLength)
            ThrowIdLength(field, hex.Length, TraceId.HexLength);
        if (!TraceId.TryParse(hex, out TraceId id))
            ThrowNotHex(hex);
        return id;
    }

    private void ReadV1Annotations(ZipkinV1Span span)
    {
        Require(JsonTokenType.StartArray, "an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "an object");
            long timeNs = 0;
            Utf8Slice value = default;
            bool hasValue = false;
            int endpoint = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ZipkinAnnotationField field = ZipkinFieldNames.AnnotationField(PropertyName());
                json.Read();
                switch (field)
                {
                    case ZipkinAnnotationField.Timestamp:
                        timeNs = ReadMicros();
                        break;
                    case ZipkinAnnotationField.Value:
                        value = ReadText();
                        hasValue = true;
                        break;
                    case ZipkinAnnotationField.Endpoint:
                        endpoint = ReadV1Endpoint();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
            if (!hasValue || timeNs == 0)
                ThrowAtPath("Incomplete annotation");
            span.Annotate(timeNs, value, endpoint, builder.Limits);
        }
    }

    private void ReadV1Tags(ZipkinV1Span span)
    {
        Require(JsonTokenType.StartArray, "an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "an object");
            Utf8Slice key = default;
            AttributeRow value = default;
            int endpoint = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ZipkinAnnotationField field = ZipkinFieldNames.AnnotationField(PropertyName());
                json.Read();
                switch (field)
                {
                    case ZipkinAnnotationField.Key:
                        key = ReadText();
                        break;
                    case ZipkinAnnotationField.Value:
                        value = ReadV1Value();
                        break;
                    case ZipkinAnnotationField.Endpoint:
                        endpoint = ReadV1Endpoint();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
            if (key.IsEmpty)
                ThrowAtPath("Incomplete binary annotation");
            if (value.Type != AttributeType.Empty || endpoint != 0)
                span.Tag(value.WithKey(key), endpoint, builder.Limits);
        }
    }

    /// <summary>Text (a number as its text) or a boolean; nothing else had a meaning.</summary>
    private AttributeRow ReadV1Value()
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number:
                return AttributeRow.String(default, ReadText());
            case JsonTokenType.True or JsonTokenType.False:
                return AttributeRow.From(default, json.TokenType == JsonTokenType.True);
            default:
                json.Skip();
                return default;
        }
    }

    private int ReadV1Endpoint() => json.TokenType == JsonTokenType.Null ? 0 : ReadEndpoint();
}
