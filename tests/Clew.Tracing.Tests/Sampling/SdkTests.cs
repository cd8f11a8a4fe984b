using System.Diagnostics;
using Clew.Tracing.Propagation;
using Clew.Tracing.Sampling;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Sampling;

/// <summary>Propagators and samplers in the SDK they are made for.</summary>
public sealed class SdkTests : IDisposable
{
    private readonly ActivitySource source = new("Clew.Tracing.Tests.Sdk");
    private readonly CompositePropagation idsOnly = new(new PropagationOptions { Trust = IncomingTrust.IdsOnly });

    public void Dispose() => source.Dispose();

    [Theory]
    [InlineData("other=1", "other=1")]
    [InlineData(null, null)]
    public void A_root_sampler_decides_for_a_caller_trusted_with_identifiers_only(string? received, string? kept)
    {
        using TracerProvider provider = Provider(new ConstSampler(true));
        using Activity activity = source.StartActivity("op", ActivityKind.Server, Extract("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", received))!;

        Assert.True(activity.Recorded);
        Assert.Equal("b7ad6b7169203331", activity.ParentSpanId.ToHexString());
        Assert.Equal(kept ?? "", activity.TraceStateString ?? "");
        Assert.Equal(("const", true), (activity.GetTagItem("sampler.type"), activity.GetTagItem("sampler.param")));
        using Activity child = source.StartActivity("child")!;
        Assert.True(child.Recorded);
        Assert.Null(child.GetTagItem("sampler.type"));
    }

    [Fact]
    public void A_stranger_cannot_force_recording_when_trusted_with_identifiers_only()
    {
        using TracerProvider provider = Provider(new ConstSampler(false));
        using Activity? activity = source.StartActivity("op", ActivityKind.Server, Extract("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "clew=debug"));

        Assert.False(activity?.Recorded ?? false);
    }

    private TracerProvider Provider(Sampler root) =>
        Sdk.CreateTracerProviderBuilder().AddSource(source.Name).SetSampler(new ParentSampler(root)).Build();

    private ActivityContext Extract(string traceParent, string? traceState)
    {
        var headers = new Dictionary<string, string?> { ["traceparent"] = traceParent, ["tracestate"] = traceState };
        PropagationContext context = idsOnly.ForOpenTelemetry.Extract(default, headers, (all, name) => all.GetValueOrDefault(name) is { } value ? [value] : null);
        return context.ActivityContext;
    }
}
