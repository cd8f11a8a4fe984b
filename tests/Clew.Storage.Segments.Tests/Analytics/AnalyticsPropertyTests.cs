using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Analytics;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests.Analytics;

/// <summary>Analytics against the plain computation over whole spans, whatever the store has done with its tables.</summary>
public class AnalyticsPropertyTests
{
    private static readonly Gen<(List<List<Span>> Batches, List<TimeRange> Ranges, int Seed)> cases =
        from batches in AnalyticsGen.Batches
        from ranges in AnalyticsGen.Range.ListOf(6)
        from seed in Gen.Choose(0, int.MaxValue)
        select (batches, ranges.ToList(), seed);

    [Fact]
    public void Edges_of_one_table_are_those_of_the_reference() => Properties.ForAll(
        cases,
        drawn =>
        {
            var model = new SegmentModel();
            foreach (List<Span> batch in drawn.Batches)
                model.Append(batch);
            AssertAnswers(model, drawn.Ranges);
        },
        300);

    [Fact]
    public void Answers_are_exact_however_traces_are_spread_over_segments_and_these_merged() => Properties.ForAll(
        cases,
        drawn => Play(drawn.Batches, drawn.Ranges, new Random(drawn.Seed), loses: false, mergesAny: false),
        200);

    [Fact]
    public void Answers_are_exact_when_segments_are_dropped_damaged_and_merged_out_of_order() => Properties.ForAll(
        cases,
        drawn => Play(drawn.Batches, drawn.Ranges, new Random(drawn.Seed), loses: true, mergesAny: true),
        400);

    private static void Play(List<List<Span>> batches, List<TimeRange> ranges, Random random, bool loses, bool mergesAny)
    {
        var model = new SegmentModel();
        foreach (Span[] some in batches.SelectMany(static batch => batch).Chunk(random.Next(1, 6)))
        {
            model.Append(some);
            // What is computed for a question is kept: later ones must not be misled by it.
            if (random.Next(2) == 0)
                EdgeQuery.Run(model.Tables, TimeRange.All, CancellationToken.None);
            switch (random.Next(8))
            {
                case 0 or 1 or 2:
                    model.Seal();
                    break;
                case 3 when model.SegmentCount > 1:
                    int first = random.Next(model.SegmentCount - 1);
                    if (mergesAny)
                        model.Merge(first, random.Next(first + 1, model.SegmentCount));
                    else
                        model.Merge([.. Enumerable.Range(first, random.Next(2, model.SegmentCount - first + 1))]);
                    break;
                case 4:
                    model.Restart();
                    break;
                case 5 when loses && model.SegmentCount > 0:
                    if (random.Next(2) == 0)
                        model.Drop(random.Next(3) == 0 ? random.Next(model.SegmentCount) : 0);
                    else
                        model.DamageSections(random.Next(model.SegmentCount), random);
                    break;
                case 6:
                    AssertAnswers(model, [ranges[random.Next(ranges.Count)]]);
                    break;
            }
        }
        AssertAnswers(model, ranges);
        model.Seal();
        AssertAnswers(model, [ranges[0]]);
        model.Restart();
        AssertAnswers(model, [.. ranges, TimeRange.All]);
    }

    private static void AssertAnswers(SegmentModel model, List<TimeRange> ranges)
    {
        var oracle = new StoreOracle(model.Spans);
        foreach (TimeRange range in ranges)
        {
            Assert.Equal(oracle.ServiceEdges(range), EdgeQuery.Run(model.Tables, range, CancellationToken.None));
            foreach (string? service in new[] { null, "web" })
                AssertMinutes(oracle.MinuteAggregates(service, range), MinuteQuery.Run(model.Tables, service, range, CancellationToken.None));
        }
    }

    private static void AssertMinutes(IReadOnlyList<MinuteAggregate> expected, IReadOnlyList<MinuteAggregate> actual)
    {
        Assert.Equal(expected.Select(KeyOf), actual.Select(KeyOf));
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Latencies.Buckets, actual[i].Latencies.Buckets);
            Assert.Equal(expected[i].Latencies.Counts, actual[i].Latencies.Counts);
        }
    }

    private static object KeyOf(MinuteAggregate row) => (row.MinuteStartNs, row.Service, row.Operation, row.Kind, row.Status, row.Calls);
}
