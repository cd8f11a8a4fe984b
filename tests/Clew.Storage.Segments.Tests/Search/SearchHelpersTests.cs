using Clew.Storage.Segments.Search;

namespace Clew.Storage.Segments.Tests;

public sealed class SearchHelpersTests
{
    [Fact]
    public void All_searches_together_get_no_more_helpers_than_there_are()
    {
        int alone = 0;
        var helpers = new SearchHelpers(3, () => alone++);
        using (SearchHelpers.Team first = helpers.Take(2))
        {
            Assert.Equal(3, first.Threads);
            using SearchHelpers.Team second = helpers.Take(5);
            Assert.Equal(2, second.Threads);
            using SearchHelpers.Team third = helpers.Take(5);
            Assert.Equal(1, third.Threads);
        }
        using SearchHelpers.Team again = helpers.Take(5);
        Assert.Equal(4, again.Threads);
        using SearchHelpers.Team unwanted = helpers.Take(0);
        Assert.Equal(1, unwanted.Threads);
        Assert.Equal(1, alone);
    }

    [Fact]
    public void Every_work_is_done_once()
    {
        using SearchHelpers.Team team = new SearchHelpers(3).Take(3);
        int[] done = new int[100];
        team.Run(done.Length, work => Interlocked.Increment(ref done[work]), CancellationToken.None);
        Assert.All(done, count => Assert.Equal(1, count));
    }

    [Fact]
    public void What_a_work_throws_comes_out_as_it_is()
    {
        using SearchHelpers.Team team = new SearchHelpers(3).Take(3);
        for (int works = 1; works < 10; works++)
            Assert.Throws<SegmentFormatException>(() => team.Run(works, work => throw new SegmentFormatException("it is damaged", "here", work), CancellationToken.None));
    }

    [Fact]
    public void A_cancelled_search_ends_as_cancelled_whatever_its_helpers_throw()
    {
        using SearchHelpers.Team team = new SearchHelpers(3).Take(3);
        using var cancelling = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => team.Run(
            10,
            _ =>
            {
                cancelling.Cancel();
                throw new SegmentFormatException("it is damaged", "here", 0);
            },
            cancelling.Token));
    }
}
