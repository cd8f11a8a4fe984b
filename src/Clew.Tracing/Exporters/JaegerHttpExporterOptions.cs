namespace Clew.Tracing.Exporters;

/// <summary>Options of <see cref="JaegerHttpExporter"/>.</summary>
public sealed class JaegerHttpExporterOptions() : HttpExporterOptions(new Uri("http://localhost:14268/api/traces"));
