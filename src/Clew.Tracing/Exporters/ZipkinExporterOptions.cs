namespace Clew.Tracing.Exporters;

/// <summary>Options of <see cref="ZipkinExporter"/>.</summary>
public sealed class ZipkinExporterOptions() : HttpExporterOptions(new Uri("http://localhost:9411/api/v2/spans"));
