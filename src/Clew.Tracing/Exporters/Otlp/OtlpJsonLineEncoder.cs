using System.Diagnostics;
using System.Text.Json;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Otlp;

/// <summary>
/// A line of an OTLP file (OpenTelemetry specification, "OpenTelemetry Protocol File Exporter"): one <c>TracesData</c> in JSON. Spans in a row from
/// the same source share a scope.
/// </summary>
internal sealed class OtlpJsonLineEncoder : IRequestEncoder
{
    private readonly PooledBuffer buffer = new();
    private readonly Utf8JsonWriter json;
    private readonly byte[] start;
    private ActivitySource? scope;

    public OtlpJsonLineEncoder(ExportedResource resource)
    {
        json = new Utf8JsonWriter(buffer, TagJson.WriterOptions);
        start = StartOf(resource);
    }

    public int SpanCount { get; private set; }

    public int LengthBytes => buffer.Length;

    public void Add(Activity span)
    {
        int length = buffer.Length;
        ActivitySource? before = scope;
        try
        {
            BeginSpan(span.Source);
            json.Reset(buffer);
            OtlpJsonSpanWriter.Write(json, span);
            json.Flush();
            SpanCount++;
        }
        catch
        {
            buffer.Truncate(length);
            scope = before;
            throw;
        }
    }

    public PooledBuffer Finish()
    {
        buffer.Write("]}]}]}\n"u8);
        return buffer;
    }

    public void Reset()
    {
        buffer.Truncate(0);
        SpanCount = 0;
        scope = null;
    }

    public void Dispose()
    {
        json.Dispose();
        buffer.Dispose();
    }

    private void BeginSpan(ActivitySource source)
    {
        if (ReferenceEquals(scope, source))
        {
            buffer.WriteByte((byte)',');
            return;
        }
        buffer.Write(scope is null ? start : "]},"u8);
        scope = source;
        buffer.Write("""{"scope":"""u8);
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("name"u8, source.Name);
        if (!string.IsNullOrEmpty(source.Version))
            json.WriteString("version"u8, source.Version);
        json.WriteEndObject();
        json.Flush();
        buffer.Write(",\"spans\":["u8);
    }

    private byte[] StartOf(ExportedResource resource)
    {
        buffer.Write("""{"resourceSpans":[{"resource":"""u8);
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteStartArray("attributes"u8);
        OtlpJsonAttributes.WriteAttribute(json, "service.name", TagValue.OfText(resource.ServiceName));
        foreach ((string key, TagValue value) in resource.Attributes)
            OtlpJsonAttributes.WriteAttribute(json, key, value);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        buffer.Write(",\"scopeSpans\":["u8);
        byte[] bytes = buffer.Written.ToArray();
        buffer.Truncate(0);
        return bytes;
    }
}
