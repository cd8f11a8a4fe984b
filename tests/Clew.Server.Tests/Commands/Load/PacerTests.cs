using Clew.Server.Commands.Load;
using Clew.Server.Tests.Pipeline;

namespace Clew.Server.Tests.Commands.Load;

public sealed class PacerTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void A_request_is_due_when_those_before_it_have_had_their_time()
    {
        var pacer = new Pacer(spansPerSecond: 100, time);
        Assert.Equal(TimeSpan.Zero, pacer.Reserve(50));
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(TimeSpan.FromMilliseconds(300), pacer.Reserve(50));
        Assert.Equal(TimeSpan.FromMilliseconds(800), pacer.Reserve(1));
    }

    [Fact]
    public void After_a_pause_no_more_than_a_second_is_made_up_for()
    {
        var pacer = new Pacer(spansPerSecond: 100, time);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromSeconds(-1), pacer.Reserve(100));
        Assert.Equal(TimeSpan.Zero, pacer.Reserve(1));
        Assert.True(pacer.Reserve(1) > TimeSpan.Zero);
    }
}
