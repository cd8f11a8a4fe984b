using System.Diagnostics;
using Clew.Tracing.Propagation;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Tests.Propagation;

public class PropagationAllocationTests
{
    private static readonly CompositePropagation Every = new(new PropagationOptions());

    private static readonly DistributedContextPropagator.PropagatorGetterCallback Get =
        static (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
        {
            values = null;
            value = ((IHeaderDictionary)carrier!)[name];
        };

    [Theory]
    [InlineData("accept", "*/*")]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-2")]
    [InlineData("X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7")]
    [InlineData("uber-trace-id", "abc%3A1%3A0")]
    [InlineData("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("baggage", "nonsense")]
    public void Extraction_that_finds_nothing_or_fails_allocates_nothing(string name, string value) => Assert.Equal(0, BytesPerExtraction(name, value));

    [Fact]
    public void Extraction_of_a_traceparent_of_today_allocates_nothing() =>
        Assert.Equal(0, BytesPerExtraction("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    private static long BytesPerExtraction(string name, string value)
    {
        const int Calls = 1000;
        var headers = new HeaderDictionary { ["host"] = "localhost", [name] = value };
        for (int i = 0; i < 100; i++)
            Extract(headers);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            Extract(headers);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static void Extract(HeaderDictionary headers)
    {
        Every.ForActivities.ExtractTraceIdAndState(headers, Get, out _, out _);
        Every.ForActivities.ExtractBaggage(headers, Get);
    }
}
