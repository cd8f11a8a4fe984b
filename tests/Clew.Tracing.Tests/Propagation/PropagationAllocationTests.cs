using System.Diagnostics;
using Clew.TestKit;
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
    public void Extraction_that_finds_nothing_or_fails_allocates_nothing(string name, string value) => Assert.Equal(0, BytesOfExtractions(name, value));

    [Fact]
    public void Extraction_of_a_traceparent_of_today_allocates_nothing() =>
        Assert.Equal(0, BytesOfExtractions("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    [Theory]
    [InlineData(PropagationFormat.TraceContext)]
    [InlineData(PropagationFormat.B3Multi)]
    public void Injection_of_what_the_activity_keeps_as_text_allocates_nothing(PropagationFormat format)
    {
        using Activity activity = new Activity("test").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Start();
        CompositePropagation propagation = Carrier.Of(format, PropagationFormat.Baggage);
        int headers = 0;
        DistributedContextPropagator.PropagatorSetterCallback set = (_, _, _) => headers++;

        Assert.Equal(0, Warm.AllocatedBytes(() => propagation.ForActivities.Inject(activity, null, set)));
        Assert.NotEqual(0, headers);
    }

    private static long BytesOfExtractions(string name, string value)
    {
        var headers = new HeaderDictionary { ["host"] = "localhost", [name] = value };
        return Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 1000; i++)
                Extract(headers);
        });
    }

    private static void Extract(HeaderDictionary headers)
    {
        Every.ForActivities.ExtractTraceIdAndState(headers, Get, out _, out _);
        Every.ForActivities.ExtractBaggage(headers, Get);
    }
}
