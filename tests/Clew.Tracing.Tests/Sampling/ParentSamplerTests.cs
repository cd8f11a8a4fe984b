using Clew.Tracing.Sampling;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Sampling;

public class ParentSamplerTests
{
    private readonly ParentSampler all = new(new ConstSampler(true));
    private readonly ParentSampler none = new(new ConstSampler(false));

    [Fact]
    public void A_root_is_decided_by_the_root_sampler_and_a_child_by_its_parent()
    {
        Assert.Equal(("const", true), Samples.Attributes(all.ShouldSample(Samples.Root(1))));
        Assert.False(none.Takes(Samples.Root(1)));
        foreach (bool isRemote in new[] { true, false })
        {
            Assert.True(none.Takes(Samples.Child(recorded: true, isRemote)));
            Assert.False(all.Takes(Samples.Child(recorded: false, isRemote)));
            Assert.Equal((null, null), Samples.Attributes(all.ShouldSample(Samples.Child(recorded: true, isRemote))));
        }
    }

    [Fact]
    public void A_caller_who_left_the_decision_to_us_gets_the_root_samplers()
    {
        SamplingResult result = all.ShouldSample(Samples.Child(recorded: false, isRemote: true, "clew=defer,other=1"));
        Assert.Equal((SamplingDecision.RecordAndSample, "other=1"), (result.Decision, result.TraceStateString));
        Assert.Equal(("const", true), Samples.Attributes(result));
        Assert.False(none.Takes(Samples.Child(recorded: false, isRemote: true, "clew=defer")));
    }

    [Fact]
    public void The_mark_means_nothing_on_a_parent_of_this_process() =>
        Assert.False(all.Takes(Samples.Child(recorded: false, isRemote: false, "clew=defer")));

    [Fact]
    public void Debug_is_sampled() => Assert.True(none.Takes(Samples.Child(recorded: true, isRemote: true, "clew=debug")));
}
