using System.Buffers.Binary;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Sampling;

/// <summary>Questions to samplers.</summary>
internal static class Samples
{
    public static SamplingParameters Root(ulong traceIdLow, string name = "op", ulong traceIdHigh = 0) =>
        new(default, TraceId(traceIdHigh, traceIdLow), name, ActivityKind.Server);

    public static SamplingParameters Child(bool recorded, bool isRemote, string? traceState = null)
    {
        ActivityTraceId traceId = TraceId(0, 1);
        var parent = new ActivityContext(traceId, ActivitySpanId.CreateRandom(), recorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, traceState, isRemote);
        return new(parent, traceId, "op", ActivityKind.Server);
    }

    public static bool Takes(this Sampler sampler, in SamplingParameters parameters) => sampler.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample;

    public static (object? Type, object? Param) Attributes(SamplingResult result)
    {
        Dictionary<string, object> attributes = result.Attributes.ToDictionary();
        return (attributes.GetValueOrDefault("sampler.type"), attributes.GetValueOrDefault("sampler.param"));
    }

    /// <summary>How many of <paramref name="count"/> random trace ids are sampled; the same every time.</summary>
    public static int CountOf(Sampler sampler, int count, string name = "op")
    {
        var random = new Random(20240611);
        int sampled = 0;
        for (int i = 0; i < count; i++)
            sampled += sampler.Takes(Root((ulong)random.NextInt64() << 1, name)) ? 1 : 0;
        return sampled;
    }

    private static ActivityTraceId TraceId(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return ActivityTraceId.CreateFromBytes(bytes);
    }
}
