namespace Clew.Server.Web;

/// <summary>Commands that send a first trace from each language with its own OpenTelemetry SDK. Metrics and logs are switched off: this server takes spans.</summary>
internal static class SampleCode
{
    public const string CSharpPackages = """
        dotnet add package OpenTelemetry.Extensions.Hosting
        dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol
        dotnet add package OpenTelemetry.Instrumentation.AspNetCore
        dotnet add package OpenTelemetry.Instrumentation.Http
        """;

    public const string GoPackages = """
        go get go.opentelemetry.io/otel/sdk \
          go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc
        """;

    public const string JavaScriptPackages = "npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node";

    public const string PythonPackages = """
        pip install opentelemetry-distro opentelemetry-exporter-otlp
        opentelemetry-bootstrap -a install
        """;

    public static string CSharp(int port) => $$"""
        using OpenTelemetry.Resources;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("shop"))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(otlp => otlp.Endpoint = new Uri("http://localhost:{{port}}")));

        var app = builder.Build();
        app.MapGet("/", () => "hello");
        app.Run();
        """;

    public static string Go(int port) => $$"""
        exporter, err := otlptracegrpc.New(ctx,
            otlptracegrpc.WithEndpoint("localhost:{{port}}"), otlptracegrpc.WithInsecure())
        if err != nil { return err }

        provider := sdktrace.NewTracerProvider(
            sdktrace.WithBatcher(exporter),
            sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "shop"))))
        defer provider.Shutdown(ctx)
        otel.SetTracerProvider(provider)
        """;

    public static string Java(int port) => $"""
        java -javaagent:opentelemetry-javaagent.jar \
          -Dotel.service.name=shop \
          -Dotel.exporter.otlp.endpoint=http://localhost:{port} \
          -Dotel.metrics.exporter=none -Dotel.logs.exporter=none \
          -jar shop.jar
        """;

    public static string JavaScript(int port) => $"""
        OTEL_SERVICE_NAME=shop \
        OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:{port} \
        OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none \
        node --require @opentelemetry/auto-instrumentations-node/register server.js
        """;

    public static string Python(int port) => $"""
        OTEL_SERVICE_NAME=shop \
        OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:{port} \
        OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none \
        opentelemetry-instrument python app.py
        """;

    // The span ends when it is sent, and its ids are random, so that it can be sent twice.
    public static string Curl(int port) => $$$"""
        curl -i http://localhost:{{{port}}}/v1/traces -H 'content-type: application/json' -d '{
          "resourceSpans": [{
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
            "scopeSpans": [{"spans": [{
              "traceId": "'$(openssl rand -hex 16)'", "spanId": "'$(openssl rand -hex 8)'",
              "name": "GET /hello", "kind": 2,
              "startTimeUnixNano": "'$(($(date +%s) - 1))'500000000", "endTimeUnixNano": "'$(date +%s)'000000000"
            }]}]
          }]
        }'
        """;
}
