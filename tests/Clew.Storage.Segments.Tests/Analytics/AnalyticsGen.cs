using System.Net;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Conformance.Generators;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests.Analytics;

/// <summary>Traces spread over minutes, and ranges that cut them in every way.</summary>
internal static class AnalyticsGen
{
    // Three points of the grid are a minute, and the base is two thirds into one: points lie on the bounds of minutes too.
    private const long StepNs = MinuteAggregate.MinuteNs / 3;

    private static readonly string?[] names = [null, "web", "cart", "stock", AttributeKeys.UnknownService];

    public static Gen<List<List<Span>>> Batches { get; } =
        from batches in Gen.OneOf(TraceGen.BatchesOfWholeSpans, TraceGen.Batches)
        from seed in Gen.Choose(0, int.MaxValue)
        select Varied(batches, new Random(seed));

    public static Gen<TimeRange> Range { get; } = Gen.Frequency(
        (1, Gen.Constant(TimeRange.All)),
        (1, Bound.Select(fromNs => new TimeRange(fromNs, long.MaxValue))),
        (1, Bound.Select(toNs => new TimeRange(long.MinValue, toNs))),
        (6, from fromNs in Bound from toNs in Bound select new TimeRange(fromNs, toNs)));

    private static Gen<long> Bound =>
        from step in Gen.Choose(-1, TraceGen.Steps + 1)
        from offsetNs in Gen.Elements(-1L, 0L, 1L, StepNs / 2)
        select SpanGen.BaseNs + step * StepNs + offsetNs;

    private static List<List<Span>> Varied(List<List<Span>> batches, Random random) =>
        [.. batches.Select(batch => batch.Select(span => Varied(span, random)).ToList())];

    private static Span Varied(Span span, Random random) => span with
    {
        StartNs = span.StartNs == 0 ? 0 : SpanGen.BaseNs + (span.StartNs - SpanGen.BaseNs) / TraceGen.StepNs * StepNs,
        LocalEndpoint = random.Next(3) == 0 ? LocalEndpoint(random) : null,
        // Calls are what edges are made of: mostly the kinds that take part in one.
        Kind = random.Next(2) == 0 ? (SpanKind)random.Next(2, 4) : span.Kind,
    };

    private static Endpoint LocalEndpoint(Random random)
    {
        IPAddress? address = random.Next(2) == 0 ? IPAddress.Loopback : null;
        string? name = names[random.Next(names.Length)];
        return new Endpoint(name, name is null ? IPAddress.Loopback : address, null, (ushort)(random.Next(2) * 80));
    }
}
