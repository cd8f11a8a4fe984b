using System.Text.Json;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>A real reflection client learns every interface from the port alone, and calls one with what it learnt.</summary>
public sealed class ReflectionTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [RealClientTheory]
    [InlineData("otlpGrpc", "v1", "opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    [InlineData("jaegerGrpc", "v1", "jaeger.api_v2.CollectorService/PostSpans")]
    [InlineData("queryGrpc", "v1alpha", "jaeger.api_v3.QueryService/GetServices")]
    [InlineData("zipkin", "v1alpha", "zipkin.proto3.SpanService/Report")]
    public async Task A_client_that_knows_nothing_finds_the_services_and_calls_them(string listener, string version, string method)
    {
        JsonElement found = await NodeClients.ReflectAsync(server.Target(listener), version, method);

        string[] call = method.Split('/');
        Assert.Contains(call[0], found.GetProperty("services").EnumerateArray().Select(static service => service.GetString()));
        Assert.Contains(call[1], found.GetProperty("methods").GetProperty(call[0]).EnumerateArray().Select(static name => name.GetString()));
        // The embedded descriptors are those of the .proto files beside them.
        Assert.Empty(found.GetProperty("differences").EnumerateArray().Select(static difference => difference.GetString()));
        Assert.Equal(JsonValueKind.Object, found.GetProperty("answer").ValueKind);
        Assert.Equal("there is no symbol 'no.such.Service'", found.GetProperty("missing").GetString());
        Assert.Contains("zipkin.proto3.ListOfSpans", found.GetProperty("file").EnumerateArray().Select(static name => name.GetString()));
    }
}
