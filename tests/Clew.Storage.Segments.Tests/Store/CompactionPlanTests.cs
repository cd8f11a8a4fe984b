using Clew.Model;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Store;

namespace Clew.Storage.Segments.Tests.Store;

public class CompactionPlanTests
{
    private const long DayNs = 86_400_000_000_000;

    private static readonly SegmentStoreOptions Options = Stores.Options with { SegmentRowsMax = 1200 };

    [Fact]
    public void Fewer_than_four_small_neighbours_of_today_are_left_alone()
    {
        Assert.Equal(default, CompactionPlan.Choose(Segments(100, 100, 100), Options, DayNs));
        Assert.Equal(0..4, CompactionPlan.Choose(Segments(100, 100, 100, 100), Options, DayNs));
    }

    [Fact]
    public void Two_small_neighbours_of_a_day_that_is_over_are_merged() =>
        Assert.Equal(0..2, CompactionPlan.Choose(Segments(100, 100), Options, 3 * DayNs));

    [Fact]
    public void Segments_of_full_heads_are_written_once() =>
        Assert.Equal(default, CompactionPlan.Choose(Segments(600, 600, 401, 401), Options, 3 * DayNs));

    [Fact]
    public void Small_segments_are_not_merged_across_one_that_stays() =>
        Assert.Equal(default, CompactionPlan.Choose(Segments(100, 100, 500, 100, 100), Options, DayNs));

    [Fact]
    public void An_output_has_no_more_rows_than_a_segment_may() =>
        Assert.Equal(0..4, CompactionPlan.Choose(Segments(300, 300, 300, 300, 300), Options, DayNs));

    [Fact]
    public void A_large_segment_is_not_written_again_to_grow_a_little() =>
        Assert.Equal(1..5, CompactionPlan.Choose(Segments(400, 10, 10, 10, 10), Options, DayNs));

    [Fact]
    public void Segments_of_two_days_are_not_merged()
    {
        SegmentInfo[] segments = Segments(100, 100);
        segments[1] = segments[1] with { Arrival = new TimeRange(2 * DayNs, 2 * DayNs) };
        Assert.Equal(default, CompactionPlan.Choose(segments, Options, 5 * DayNs));
    }

    private static SegmentInfo[] Segments(params int[] rows) => [.. rows.Select(static (count, i) => new SegmentInfo
    {
        Number = i + 1,
        Rows = count,
        Traces = 1,
        NewTraces = 1,
        Arrival = new TimeRange(DayNs + i, DayNs + i),
        Starts = [],
        HasTracesWithoutTime = false,
        WalReplayFrom = 1,
    })];
}
