using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Jaeger;

namespace Clew.Tracing.Exporters;

/// <summary>Sends spans to a Jaeger collector as Thrift over HTTP: a <c>Batch</c> in the binary protocol (jaeger-idl, jaeger.thrift).</summary>
public sealed class JaegerHttpExporter(JaegerHttpExporterOptions options) : HttpSpanExporter("jaeger-http", "application/x-thrift", options)
{
    private protected override IRequestEncoder CreateEncoder(ExportedResource resource) => new JaegerRequestEncoder(resource);
}
