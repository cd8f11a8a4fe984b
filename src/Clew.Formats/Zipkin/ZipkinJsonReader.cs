using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// One pass over a Zipkin list, v2 here and v1 in its own part: spans go to the batch as rows, text as slices of the payload. Lives on the stack for one call of
/// <see cref="ZipkinJsonDecoder"/>.
/// </summary>
internal ref partial struct ZipkinJsonReader
{
    // A skipped value stands two levels deep: the list and the span.
    private const int DepthOfSpanFields = 2;

    private readonly ReadOnlySpan<byte> payload;
    private readonly int start;
    private readonly SpanBatchBuilder builder;
    private readonly SpanBatch batch;
    private Utf8JsonReader json;
    private ZipkinRows rows;

    /// <param name="payload">The whole payload: slices count from its first byte.</param>
    /// <param name="start">Where the JSON text begins.</param>
    /// <param name="builder">Started over the payload.</param>
    /// <param name="rows">Makes the rows that spans share.</param>
    public ZipkinJsonReader(ReadOnlySpan<byte> payload, int start, SpanBatchBuilder builder, ZipkinRows rows)
    {
        this.payload = payload;
        this.start = start;
        this.builder = builder;
        this.rows = rows;
        batch = builder.Batch;
        json = new Utf8JsonReader(payload[start..], new JsonReaderOptions { MaxDepth = builder.Limits.DepthMax + DepthOfSpanFields });
    }

    private readonly int TokenOffset => start + (int)json.TokenStartIndex;

    public void ReadList()
    {
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "an object");
            ReadSpan();
        }
        // Reads past the end of the list, where only white space may stand.
        json.Read();
    }

    private void ReadSpan()
    {
        int spanOffset = TokenOffset;
        int attributesStart = batch.SpanAttributes.Count;
        int eventsStart = batch.Events.Count;
        SpanRow row = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadSpanField(ref row);
        if (row.TraceId.IsZero || row.SpanId.IsZero)
            ThrowMissingId(row, spanOffset);
        if (row.StartNs > long.MaxValue - row.DurationNs)
            ThrowRefused("timestamp + duration lies beyond the year 2262", spanOffset);
        ZipkinSpanRules.Normalise(ref row);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        batch.Spans.Add(row);
    }

    private void ReadSpanField(ref SpanRow row)
    {
        ZipkinSpanField field = ZipkinFieldNames.SpanField(PropertyName());
        json.Read();
        if (json.TokenType == JsonTokenType.Null && field is not (ZipkinSpanField.TraceId or ZipkinSpanField.Id))
            return;
        switch (field)
        {
            case ZipkinSpanField.TraceId:
                row.TraceId = ReadTraceId();
                break;
            case ZipkinSpanField.ParentId:
                row.ParentSpanId = ReadSpanId("parentId");
                break;
            case ZipkinSpanField.Id:
                row.SpanId = ReadSpanId("id");
                if (row.SpanId.IsZero)
                    ThrowRefused("id is all zeros", TokenOffset);
                break;
            case ZipkinSpanField.Kind:
                row.Kind = ReadKind();
                break;
            case ZipkinSpanField.Name:
                row.Name = ReadText();
                break;
            case ZipkinSpanField.Timestamp:
                row.StartNs = Math.Max(0, ReadMicros());
                break;
            case ZipkinSpanField.Duration:
                row.DurationNs = Math.Max(0, ReadMicros());
                break;
            case ZipkinSpanField.LocalEndpoint:
                row.LocalEndpoint = ReadEndpoint();
                row.Resource = rows.Resource(row.LocalEndpoint);
                break;
            case ZipkinSpanField.RemoteEndpoint:
                row.RemoteEndpoint = ReadEndpoint();
                break;
            case ZipkinSpanField.Annotations:
                ReadAnnotations();
                break;
            case ZipkinSpanField.Tags:
                ReadTags(ref row);
                break;
            case ZipkinSpanField.Debug:
                row.Traits = ReadFlag(row.Traits, SpanTraits.Debug);
                break;
            case ZipkinSpanField.Shared:
                row.Traits = ReadFlag(row.Traits, SpanTraits.Shared);
                break;
            case ZipkinSpanField.BinaryAnnotations:
                ThrowIsV1(TokenOffset);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private void ReadAnnotations()
    {
        Require(JsonTokenType.StartArray, "an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "an object");
            ReadAnnotation();
        }
    }

    private void ReadAnnotation()
    {
        EventRow row = default;
        bool hasValue = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ZipkinAnnotationField field = ZipkinFieldNames.AnnotationField(PropertyName());
            json.Read();
            switch (field)
            {
                case ZipkinAnnotationField.Timestamp:
                    row.TimeNs = ReadMicros();
                    break;
                case ZipkinAnnotationField.Value:
                    row.Name = ReadText();
                    hasValue = true;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        if (!hasValue || row.TimeNs == 0)
            ThrowAtPath("Incomplete annotation");
        batch.Events.Add(row);
    }

    private void ReadTags(ref SpanRow row)
    {
        Require(JsonTokenType.StartObject, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Utf8Slice key = TokenText();
            json.Read();
            AttributeRow tag = AttributeRow.String(key, ReadText());
            batch.SpanAttributes.Add(tag);
            ZipkinSpanRules.ReadError(ref row, tag, batch);
        }
    }
}
