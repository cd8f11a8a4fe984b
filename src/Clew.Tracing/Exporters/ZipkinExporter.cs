using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Zipkin;

namespace Clew.Tracing.Exporters;

/// <summary>
/// Sends spans as Zipkin v2 JSON, mapped as OpenTelemetry's specification says ("OpenTelemetry to Zipkin Transformation"). Zipkin has no links, trace
/// state and dropped counts, and knows tags only as text.
/// </summary>
public sealed class ZipkinExporter(ZipkinExporterOptions options) : HttpSpanExporter("zipkin", "application/json", options)
{
    private protected override IRequestEncoder CreateEncoder(ExportedResource resource) => new ZipkinRequestEncoder(resource);
}
