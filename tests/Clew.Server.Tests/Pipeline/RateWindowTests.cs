using Clew.Server.Pipeline;

namespace Clew.Server.Tests.Pipeline;

public class RateWindowTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void A_steady_stream_reads_as_its_rate_and_silence_fades_to_zero()
    {
        var window = new RateWindow(time);
        for (int second = 0; second < 30; second++)
        {
            window.Add(60);
            window.Add(40);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(100, window.PerSecond());

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(50, window.PerSecond());

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(0, window.PerSecond());
    }

    [Fact]
    public void Before_ten_seconds_the_mean_is_over_the_seconds_there_were()
    {
        var window = new RateWindow(time);
        window.Add(30);
        Assert.Equal(0, window.PerSecond());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(30, window.PerSecond());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(10, window.PerSecond());
    }

    [Fact]
    public void A_slot_used_again_after_a_long_silence_starts_from_nothing()
    {
        var window = new RateWindow(time);
        window.Add(1000);
        time.Advance(TimeSpan.FromSeconds(1100));
        window.Add(20);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, window.PerSecond());
    }
}
