using Clew.Model;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinCaptureTests
{
    private static readonly CaptureTolerance Texts = new() { TimeUs = 1, TypesLost = true, InternalKindLost = true };

    // OpenTelemetry's exporter repeats the resource in the tags of every span.
    private static readonly CaptureTolerance OpenTelemetry = Texts with
    {
        LinksLost = true,
        MayAdd = static key => key is "error" or "service.name" or "service.version" or "deployment.environment" || key.StartsWith("telemetry.sdk.", StringComparison.Ordinal),
    };

    [Theory]
    [InlineData("zipkin-go-0.1.5-json")]
    [InlineData("zipkin-go-0.1.5-json-128bit")]
    [InlineData("zipkin-go-0.1.5-json-error")]
    [InlineData("node-zipkin-js")]
    public void A_recorded_request_decodes_to_what_its_client_sent(string name) => Check(name, Texts);

    [Fact]
    public void A_recorded_request_without_endpoints_decodes_to_spans_without_a_service_name()
    {
        List<Span> spans = Check("zipkin-go-0.1.5-json-seed", Texts with { ServiceNameLost = true });
        Assert.All(spans, static span => Assert.Null(span.Resource.ServiceName));
    }

    [Fact]
    public void A_recorded_request_of_OpenTelemetrys_exporter_decodes_to_what_it_sent() => Check("node-zipkin-v2-json", OpenTelemetry);

    [Fact]
    public void A_recorded_request_in_proto3_decodes_to_what_was_sent()
    {
        var capture = new Capture("node-zipkin-proto3");
        CaptureExpectations.Check(capture.Expectations(), [.. capture.Payloads().SelectMany(ZipkinProto3.Decode)], Texts);
    }

    private static List<Span> Check(string name, CaptureTolerance tolerance)
    {
        var capture = new Capture(name);
        List<Span> spans = [.. capture.Payloads().SelectMany(ZipkinJson.Decode)];
        CaptureExpectations.Check(capture.Expectations(), spans, tolerance);
        return spans;
    }
}
