using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

/// <summary>Segments made of spans, in files that are in memory.</summary>
internal static class SegmentTesting
{
    public const string Directory = "/data";

    /// <summary>Spans of few traces, with parents among them, equal ids, no times, and attributes that repeat.</summary>
    public static Gen<List<Span>> Spans { get; } = Gen.OneOf(Related, SpanGen.ZipkinLikeSpan).ListUpTo(25).Where(spans => spans.Count > 0);

    private static Gen<Span> Related =>
        from span in SpanGen.ZipkinLikeSpan
        from trace in Gen.Choose(1, 4)
        from high in Gen.Choose(0, 1)
        from id in Gen.Choose(1, 8)
        from parent in Gen.Choose(0, 10)
        from start in Gen.OneOf(Gen.Constant(span.StartNs), Gen.Choose(0, 3).Select(n => (long)n), Gen.Elements(long.MinValue, long.MaxValue, -1L))
        from name in SpanGen.Name
        from attributes in SpanGen.List(SpanGen.AttributeKey, SpanGen.SearchValue, 8)
        select span with
        {
            TraceId = new TraceId((ulong)high, (ulong)trace),
            SpanId = new SpanId((ulong)id),
            ParentSpanId = new SpanId((ulong)parent),
            StartNs = start,
            Name = name,
            Attributes = attributes,
        };

    /// <summary>The spans in a segment's order: stable, so that what came first stays first.</summary>
    public static Span[] InSegmentOrder(IEnumerable<Span> spans) =>
        [.. spans.OrderBy(span => span.TraceId.Low).ThenBy(span => span.TraceId.High).ThenBy(span => span.StartNs)];

    public static string PathOf(long number) => Path.Combine(Directory, SegmentFileName.Of(number));

    public static SegmentWrite Describe(long number, params IReadOnlyList<ISegmentExtra> extras) => new()
    {
        Number = number,
        NewTraces = 1,
        Arrival = new TimeRange(10, 20),
        WalReplayFrom = 77,
        Replaces = [number + 100, number + 101],
        Extras = extras,
    };

    public static FaultyFileSystem Files(int seed = 1)
    {
        var files = new FaultyFileSystem(seed);
        files.CreateDirectory(Directory);
        return files;
    }

    public static SegmentInfo Write(IFileSystem files, long number, params IReadOnlyList<SpanTable> inputs) =>
        SegmentBuilder.Write(files, Directory, Describe(number), inputs, CancellationToken.None);

    /// <summary>A segment of one head with the spans.</summary>
    public static SegmentFile Of(FaultyFileSystem files, long number, IEnumerable<Span> spans)
    {
        Write(files, number, HeadTables.Of(spans));
        return SegmentFile.Open(files, PathOf(number));
    }
}
