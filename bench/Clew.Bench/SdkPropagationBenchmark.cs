using System.Diagnostics;
using System.Text;
using Clew.Tracing.Propagation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenTelemetry.Context.Propagation;

namespace Clew.Bench;

/// <summary>
/// The composite as OpenTelemetry's instrumentation uses it, beside the SDK's own propagator of the same format, on ASP.NET Core's headers. The SDK has none for Jaeger and X-Ray.
/// </summary>
internal sealed class SdkPropagationBenchmark
{
    private const int Calls = 500;

    // As instrumentation gives them: the values as the headers have them, nothing where there is none.
    private static readonly Func<IHeaderDictionary, string, IEnumerable<string>?> Get = static (headers, name) => headers.TryGetValue(name, out StringValues values) ? values! : Enumerable.Empty<string>();
    private static readonly Action<IHeaderDictionary, string, string> Set = static (headers, name, value) => headers[name] = value;

    private readonly HeaderDictionary headers = new() { ["Host"] = "shop", ["Accept"] = "*/*", ["User-Agent"] = "bench" };
    private readonly HeaderDictionary written = [];
    private readonly TextMapPropagator propagator;

    private readonly PropagationContext context =
        new(new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded), default);

    private SdkPropagationBenchmark(TextMapPropagator propagator, bool isSent)
    {
        this.propagator = propagator;
        if (isSent)
            propagator.Inject(context, headers, Set);
    }

    public static string ReportRatios(int rounds)
    {
        var report = new StringBuilder("Propagation in OpenTelemetry's shape, beside the SDK's own\n");
        foreach ((string name, TextMapPropagator own, TextMapPropagator clew, bool isSent) in Pairs())
        {
            var theirs = new SdkPropagationBenchmark(own, isSent);
            var ours = new SdkPropagationBenchmark(clew, isSent);
            report.AppendLine($"{name}: extract. {FastestRounds.Report(rounds, Calls, "extraction", ("OpenTelemetry SDK", theirs.Extract), ("Clew", ours.Extract))}");
            if (isSent)
                report.AppendLine($"{name}: inject. {FastestRounds.Report(rounds, Calls, "injection", ("OpenTelemetry SDK", theirs.Inject), ("Clew", ours.Inject))}");
        }
        return report.ToString();
    }

    private static IEnumerable<(string Name, TextMapPropagator Own, TextMapPropagator Clew, bool IsSent)> Pairs()
    {
#pragma warning disable CS0618 // Obsolete because a package of its own has it now, which could not be had.
        var b3 = new B3Propagator(singleHeader: true);
        var b3Multi = new B3Propagator(singleHeader: false);
#pragma warning restore CS0618
        var w3c = new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]);
        yield return ("tracecontext", new TraceContextPropagator(), Formats("tracecontext"), true);
        yield return ("tracecontext and baggage", w3c, Formats("tracecontext,baggage"), true);
        yield return ("tracecontext and baggage, none sent", w3c, Formats("tracecontext,baggage"), false);
        yield return ("b3", b3, Formats("b3"), true);
        yield return ("b3multi", b3Multi, Formats("b3multi"), true);
        yield return ("b3, none sent", b3, Formats("b3"), false);
    }

    private static TextMapPropagator Formats(string list) => new CompositePropagation(PropagationOptions.Parse(list)).ForOpenTelemetry;

    private void Extract()
    {
        for (int i = 0; i < Calls; i++)
            propagator.Extract(default, headers, Get);
    }

    private void Inject()
    {
        for (int i = 0; i < Calls; i++)
            propagator.Inject(context, written, Set);
    }
}
