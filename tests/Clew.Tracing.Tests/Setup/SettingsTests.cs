using Clew.Tracing.Propagation;
using Clew.Tracing.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

namespace Clew.Tracing.Tests.Setup;

/// <summary>What the options become by settings, without a host.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void The_section_goes_before_the_variables_of_OpenTelemetry_which_go_before_Jaeger_s()
    {
        Assert.Equal("jaeger", Read(("JAEGER_SERVICE_NAME", "jaeger")).ServiceName);
        Assert.Equal("otel", Read(("JAEGER_SERVICE_NAME", "jaeger"), ("OTEL_SERVICE_NAME", "otel")).ServiceName);
        Assert.Equal("section", Read(("JAEGER_SERVICE_NAME", "jaeger"), ("OTEL_SERVICE_NAME", "otel"), ("Tracing:ServiceName", "section")).ServiceName);
    }

    [Fact]
    public void The_section_sets_every_part()
    {
        ClewTracingOptions options = Read(
            ("Tracing:ServiceNamespace", "shop"), ("Tracing:ServiceVersion", "2.1"), ("Tracing:ServiceInstanceId", "a"), ("Tracing:ResourceAttributes:team", "blue"),
            ("Tracing:Sources:0", "Shop.*"), ("Tracing:Sources:1", "Other"), ("Tracing:Exporters", "zipkin, console"), ("Tracing:Endpoint", "http://clew:4318"),
            ("Tracing:Protocol", "http/protobuf"), ("Tracing:Headers", "key=a b,other=c"), ("Tracing:Gzip", "true"), ("Tracing:Delivery:SpoolDirectory", "/var/spool/x"),
            ("Tracing:Delivery:RetryDelayMin", "250ms"), ("Tracing:Sampler:Type", "per_operation"), ("Tracing:Sampler:Operations:GET /a", "0.5"), ("Tracing:Sampler:TracesPerSecond", "0.1"),
            ("Tracing:Propagation:Extract", "b3,jaeger"), ("Tracing:Propagation:Inject", "b3multi"), ("Tracing:Propagation:Trust", "ids_only"),
            ("Tracing:Server:IgnorePaths", "/health*, /metrics"), ("Tracing:Server:TrustForwardedHeaders", "yes"), ("Tracing:Logs:CopyToSpans", "warning"),
            ("Tracing:PageUrl", "https://clew.example/traces"), ("Tracing:ShutdownTimeout", "3s"));

        Assert.Empty(options.Problems);
        Assert.Equal(("shop", "2.1", "a", "blue"), (options.ServiceNamespace, options.ServiceVersion, options.ServiceInstanceId, options.ResourceAttributes["team"]));
        Assert.Equal(["Shop.*", "Other"], options.Sources);
        Assert.Equal([TraceExporter.Zipkin, TraceExporter.Console], options.Exporters);
        Assert.Equal(new Uri("http://clew:4318/v1/traces"), OtlpAddress.Of(options.Export));
        Assert.Equal(("a b", "c", true), (options.Export.Headers["key"], options.Export.Headers["other"], options.Export.Gzip));
        Assert.Equal(("/var/spool/x", TimeSpan.FromMilliseconds(250)), (options.Delivery.SpoolDirectory, options.Delivery.RetryDelayMin));
        Assert.Equal((SamplerType.PerOperation, 0.5, 0.1), (options.Sampler.Type, options.Sampler.Operations["GET /a"], options.Sampler.TracesPerSecond));
        Assert.Equal([PropagationFormat.B3, PropagationFormat.Jaeger], options.Propagation.Extract);
        Assert.Equal([PropagationFormat.B3Multi], options.Propagation.Inject);
        Assert.Equal(IncomingTrust.IdsOnly, options.Propagation.Trust);
        Assert.Equal(["/health*", "/metrics"], options.Server.IgnorePaths);
        Assert.True(options.Server.TrustForwardedHeaders);
        Assert.Equal(LogLevel.Warning, options.Logs.CopyToSpans);
        Assert.Equal((new Uri("https://clew.example/traces"), TimeSpan.FromSeconds(3)), (options.PageUrl, options.ShutdownTimeout));
    }

    [Fact]
    public void Variables_of_OpenTelemetry_are_understood_also_where_its_SDK_ignores_them()
    {
        ClewTracingOptions options = Read(
            ("OTEL_RESOURCE_ATTRIBUTES", "service.name=low,service.version=7,region=eu%20west"), ("OTEL_TRACES_EXPORTER", "otlp,zipkin"), ("OTEL_PROPAGATORS", "b3,baggage"),
            ("OTEL_TRACES_SAMPLER", "parentbased_jaeger_remote"), ("OTEL_TRACES_SAMPLER_ARG", "endpoint=http://clew:5778,pollingIntervalMs=5000,initialSamplingRate=0.25"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://clew:4318/base"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%3Db"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "2000"));

        Assert.Empty(options.Problems);
        Assert.Equal(("low", "7", "eu west"), (options.ServiceName, options.ServiceVersion, options.ResourceAttributes["region"]));
        Assert.Equal([TraceExporter.Otlp, TraceExporter.Zipkin], options.Exporters);
        Assert.Equal([PropagationFormat.B3, PropagationFormat.Baggage], options.Propagation.Inject);
        Assert.Equal((SamplerType.Remote, true, 0.25), (options.Sampler.Type, options.Sampler.ParentBased, options.Sampler.Ratio));
        Assert.Equal((new Uri("http://clew:5778/sampling"), TimeSpan.FromSeconds(5)), (options.Sampler.Endpoint, options.Sampler.PollInterval));
        Assert.Equal(new Uri("http://clew:4318/base/v1/traces"), OtlpAddress.Of(options.Export));
        Assert.Equal((OtlpExportProtocol.HttpProtobuf, "a=b", true), (options.Export.Protocol, options.Export.Headers["api-key"], options.Export.Gzip));
        Assert.Equal(TimeSpan.FromSeconds(2), options.Delivery.RequestTimeout);
    }

    [Theory]
    [InlineData("always_on", SamplerType.AlwaysOn, false)]
    [InlineData("parentbased_always_off", SamplerType.AlwaysOff, true)]
    [InlineData("traceidratio", SamplerType.Ratio, false)]
    public void The_samplers_of_OpenTelemetry_follow_a_parent_only_where_their_name_says_so(string name, SamplerType type, bool parentBased)
    {
        SamplerOptions sampler = Read(("OTEL_TRACES_SAMPLER", name)).Sampler;

        Assert.Equal((type, parentBased), (sampler.Type, sampler.ParentBased));
        Assert.Equal(type == SamplerType.Ratio ? 1.0 : null, sampler.Ratio);
    }

    [Fact]
    public void A_deployment_of_a_Jaeger_client_works_as_before()
    {
        ClewTracingOptions agent = Read(
            ("JAEGER_AGENT_HOST", "agent"), ("JAEGER_AGENT_PORT", "6832"), ("JAEGER_SAMPLER_TYPE", "const"), ("JAEGER_SAMPLER_PARAM", "0"), ("JAEGER_PROPAGATION", "jaeger,b3"),
            ("JAEGER_TAGS", "team=blue, host=${HOST_LABEL:unknown}, zone=${ZONE:none}"), ("HOST_LABEL", "h1"), ("JAEGER_REPORTER_LOG_SPANS", "true"));
        Assert.Empty(agent.Problems);
        Assert.Equal([TraceExporter.JaegerUdp, TraceExporter.Console], agent.Exporters);
        Assert.Equal(("agent", 6832), (agent.Export.JaegerAgentHost, agent.Export.JaegerAgentPort));
        Assert.Equal(SamplerType.AlwaysOff, agent.Sampler.Type);
        Assert.Equal([PropagationFormat.Jaeger, PropagationFormat.B3Multi, PropagationFormat.Baggage], agent.Propagation.Inject);
        Assert.Equal(("blue", "h1", "none"), (agent.ResourceAttributes["team"], agent.ResourceAttributes["host"], agent.ResourceAttributes["zone"]));

        ClewTracingOptions collector = Read(
            ("JAEGER_ENDPOINT", "http://clew:14268/api/traces"), ("JAEGER_AGENT_HOST", "agent"), ("JAEGER_USER", "u"), ("JAEGER_PASSWORD", "p"), ("JAEGER_SAMPLER_TYPE", "remote"),
            ("JAEGER_SAMPLER_MANAGER_HOST_PORT", "clew:5778"));
        Assert.Equal([TraceExporter.JaegerHttp], collector.Exporters);
        Assert.Equal(("Basic dTpw", new Uri("http://clew:14268/api/traces")), (collector.Export.Headers["Authorization"], collector.Export.JaegerEndpoint));
        Assert.Equal((SamplerType.Remote, new Uri("http://clew:5778/sampling")), (collector.Sampler.Type, collector.Sampler.Endpoint));
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("JAEGER_DISABLED", "1")]
    [InlineData("Tracing:Enabled", "false")]
    public void Every_source_can_switch_tracing_off(string key, string value) => Assert.False(Read((key, value)).Enabled);

    [Theory]
    [InlineData("Tracing:Sampler:Ratio", "1.5", "'1.5' is not a number from 0 to 1.")]
    [InlineData("Tracing:Sampler:Type", "sometimes", "'sometimes' is none of always_on")]
    [InlineData("Tracing:Endpoint", "clew:4317", "'clew:4317' is not an address")]
    [InlineData("Tracing:Enabled", "maybe", "'maybe' is neither true nor false.")]
    [InlineData("Tracing:Exporters", "otlp,carrier-pigeon", "'carrier-pigeon', which is none of")]
    [InlineData("Tracing:Propagation:Trust", "blind", "'blind' is none of accept, ids_only, ignore.")]
    [InlineData("Tracing:ShutdownTimeout", "soon", "'soon' is not a duration")]
    [InlineData("Tracing:Sampelr:Type", "always_on", "there is no such setting.")]
    [InlineData("Tracing:ServiceNmae", "x", "there is no such setting.")]
    [InlineData("Tracing:JaegerAgentPort", "70000", "'70000' is not a port")]
    [InlineData("OTEL_PROPAGATORS", "tracecontext,morse", "'tracecontext,morse' is no list of formats: 'morse' is none of")]
    [InlineData("Tracing:Propagation:Extract", "none,b3", "'none,b3' is no list of formats: 'none' does not go with other names.")]
    [InlineData("OTEL_TRACES_SAMPLER", "coin", "'coin' is none of")]
    [InlineData("JAEGER_SAMPLER_TYPE", "coin", "'coin' is none of")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "novalue", "'novalue' where key=value is expected.")]
    public void A_value_that_cannot_be_used_is_reported_with_its_key(string key, string value, string message)
    {
        string problem = Assert.Single(Read((key, value)).Problems);

        Assert.StartsWith(key + ": ", problem, StringComparison.Ordinal);
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_list_may_be_an_array()
    {
        ClewTracingOptions options = Read(
            ("Tracing:Propagation:Extract:0", "b3"), ("Tracing:Propagation:Extract:1", "jaeger"), ("Tracing:Propagation:Inject:0", "b3multi"), ("Tracing:Exporters:0", "zipkin"),
            ("Tracing:Exporters:1", "console"), ("Tracing:Sources:0", "A"), ("Tracing:Sources:1", "B.*"), ("Tracing:Server:IgnorePaths:0", "/health*"), ("Tracing:ResourceAttributes:0", "team=blue"));

        Assert.Empty(options.Problems);
        Assert.Equal([PropagationFormat.B3, PropagationFormat.Jaeger], options.Propagation.Extract);
        Assert.Equal([PropagationFormat.B3Multi], options.Propagation.Inject);
        Assert.Equal([TraceExporter.Zipkin, TraceExporter.Console], options.Exporters);
        Assert.Equal(["A", "B.*"], options.Sources);
        Assert.Equal(["/health*"], options.Server.IgnorePaths);
        Assert.Equal("team=blue", string.Join(',', options.ResourceAttributes.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Certificates_may_be_named_for_all_signals_or_for_traces()
    {
        ExportOptions export = Read(
            ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"), ("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "/traces-ca.pem"), ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/client.pem"),
            ("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", "/traces.key")).Export;

        Assert.Equal(("/traces-ca.pem", "/client.pem", "/traces.key"), (export.CaCertificate, export.ClientCertificate, export.ClientKey));
    }

    [Fact]
    public void Values_that_do_not_go_together_are_refused_all_at_once()
    {
        ClewTracingOptions options = Read(("Tracing:Sampler:Type", "ratio"), ("Tracing:Server:IgnorePaths", "health"), ("Tracing:Delivery:RetryDelayMin", "60s"), ("Tracing:CaCertificate", "/no/such.pem"));

        string[] failures = [.. new OptionsCheck().Validate(null, options).Failures!];

        Assert.Equal(4, failures.Length);
        Assert.Contains("Tracing:CaCertificate: there is no file '/no/such.pem'.", failures);
        Assert.Contains(failures, failure => failure.StartsWith("Tracing:Sampler:Ratio:", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Tracing:Server:IgnorePaths: 'health'", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Tracing:Delivery:RetryDelayMax", StringComparison.Ordinal));
    }

    private static ClewTracingOptions Read(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var options = new ClewTracingOptions();
        new OptionsFromConfiguration(configuration).Configure(options);
        return options;
    }
}
