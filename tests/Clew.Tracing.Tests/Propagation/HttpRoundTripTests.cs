using System.Diagnostics;
using Clew.Tracing.Propagation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clew.Tracing.Tests.Propagation;

/// <summary>HttpClient and Kestrel with the propagator installed in the process, so nothing else may run meanwhile.</summary>
[Collection(nameof(ProcessPropagator))]
public class HttpRoundTripTests
{
    [Theory]
    [InlineData("tracecontext,baggage", "traceparent", "baggage")]
    [InlineData("b3,baggage", "b3", "baggage")]
    [InlineData("b3multi,baggage", "X-B3-TraceId", "baggage")]
    [InlineData("jaeger", "uber-trace-id", "uberctx-tenant")]
    public async Task A_request_continues_the_trace_with_its_baggage(string propagators, string header, string baggageHeader)
    {
        DistributedContextPropagator before = DistributedContextPropagator.Current;
        DistributedContextPropagator.Current = new CompositePropagation(PropagationOptions.Parse(propagators)).ForActivities;
        try
        {
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "System.Net.Http" or "Microsoft.AspNetCore" or "Clew.Tracing.Tests",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            };
            ActivitySource.AddActivityListener(listener);
            using var source = new ActivitySource("Clew.Tracing.Tests");
            var received = new TaskCompletionSource<(Activity Server, string[] Headers)>();
            await using WebApplication app = await StartAsync(context => received.TrySetResult((Activity.Current!, [.. context.Request.Headers.Keys])));

            using Activity root = source.StartActivity("root")!;
            root.AddBaggage("tenant", "blue, red");
            using var client = new HttpClient();
            await client.GetStringAsync(app.Urls.Single());

            (Activity server, string[] headers) = await received.Task;
            Assert.Equal(root.TraceId, server.TraceId);
            Assert.True(server.HasRemoteParent);
            Assert.NotEqual(root.SpanId, server.ParentSpanId);
            Assert.Equal("blue, red", server.GetBaggageItem("tenant"));
            Assert.Contains(header, headers, StringComparer.OrdinalIgnoreCase);
            Assert.Contains(baggageHeader, headers, StringComparer.OrdinalIgnoreCase);
            Assert.Equal(header == "traceparent", headers.Contains("traceparent", StringComparer.OrdinalIgnoreCase));
        }
        finally
        {
            DistributedContextPropagator.Current = before;
        }
    }

    private static async Task<WebApplication> StartAsync(Action<HttpContext> handle)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapGet("/", (HttpContext context) =>
        {
            handle(context);
            return "";
        });
        await app.StartAsync();
        return app;
    }
}

/// <summary>Tests that change <see cref="DistributedContextPropagator.Current"/>.</summary>
[CollectionDefinition(nameof(ProcessPropagator), DisableParallelization = true)]
public class ProcessPropagator;
