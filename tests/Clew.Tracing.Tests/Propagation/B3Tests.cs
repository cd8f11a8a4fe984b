using Clew.Tracing.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class B3Tests
{
    private const ulong High = 0x80f198ee56343ba8, Low = 0x64fe8b2a57d3eff7, Id = 0xe457b5a2e4d86bd1, Parent = 0x05e3ac9a4f6e3b90;

    [Theory]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90", High, SamplingState.Accept, Parent)]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-d", High, SamplingState.Debug, 0)]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1", High, SamplingState.Defer, 0)]
    [InlineData("80F198EE56343BA864FE8B2A57D3EFF7-e457b5a2e4d86bd1-0", High, SamplingState.Deny, 0)]
    [InlineData("64fe8b2a57d3eff7-e457b5a2e4d86bd1-1", 0, SamplingState.Accept, 0)]
    [InlineData("64fe8b2a57d3eff7-e457b5a2e4d86bd1-05e3ac9a4f6e3b90", 0, SamplingState.Defer, Parent)]
    public void The_single_header_is_read_in_all_its_forms(string text, ulong high, SamplingState sampling, ulong parent)
    {
        Assert.True(B3Single.TryParse(text, out PropagatedSpan span));
        Assert.Equal(new PropagatedSpan(high, Low, Id, sampling) { ParentSpanId = parent }, span);
    }

    [Theory]
    [InlineData("0", SamplingState.Deny)]
    [InlineData("1", SamplingState.Accept)]
    [InlineData("d", SamplingState.Debug)]
    public void The_single_header_may_be_a_decision_alone(string text, SamplingState sampling)
    {
        Assert.True(B3Single.TryParse(text, out PropagatedSpan span));
        Assert.Equal(new PropagatedSpan(0, 0, 0, sampling), span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-2")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b9")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90-")]
    [InlineData("0f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1")]
    [InlineData("00000000000000000000000000000000-e457b5a2e4d86bd1-1")]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7-0000000000000000-1")]
    [InlineData("80f198ee56343ba864fe8b2a57d3efxx-e457b5a2e4d86bd1-1")]
    public void Anything_else_is_not_a_single_header(string text)
    {
        Assert.False(B3Single.TryParse(text, out PropagatedSpan span));
        Assert.False(span.HasIds);
    }

    [Theory]
    [InlineData("1", "", SamplingState.Accept)]
    [InlineData("0", "", SamplingState.Deny)]
    [InlineData("true", "", SamplingState.Accept)]
    [InlineData("False", "", SamplingState.Deny)]
    [InlineData("", "1", SamplingState.Debug)]
    [InlineData("0", "1", SamplingState.Debug)]
    [InlineData("1", "0", SamplingState.Accept)]
    [InlineData("", "", SamplingState.Defer)]
    public void Several_headers_are_read_with_every_state(string sampled, string flags, SamplingState sampling)
    {
        Assert.True(B3Multi.TryParse("80f198ee56343ba864fe8b2a57d3eff7", "e457b5a2e4d86bd1", "05e3ac9a4f6e3b90", sampled, flags, out PropagatedSpan span));
        Assert.Equal(new PropagatedSpan(High, Low, Id, sampling) { ParentSpanId = Parent }, span);
        Assert.Equal(sampling != SamplingState.Defer, B3Multi.TryParse("", "", "", sampled, flags, out span));
        Assert.Equal(new PropagatedSpan(0, 0, 0, sampling), span);
    }

    [Theory]
    [InlineData("64fe8b2a57d3eff7", "", "", "1")]
    [InlineData("", "e457b5a2e4d86bd1", "", "1")]
    [InlineData("64fe8b2a57d3eff", "e457b5a2e4d86bd1", "", "1")]
    [InlineData("64fe8b2a57d3eff7", "e457b5a2e4d86bd1e457b5a2e4d86bd1", "", "1")]
    [InlineData("64fe8b2a57d3eff7", "0000000000000000", "", "1")]
    [InlineData("0000000000000000", "e457b5a2e4d86bd1", "", "1")]
    [InlineData("64fe8b2a57d3eff7", "e457b5a2e4d86bd1", "5e3ac9a4f6e3b90", "1")]
    [InlineData("64fe8b2a57d3eff7", "e457b5a2e4d86bd1", "", "2")]
    public void Half_or_malformed_headers_make_no_context(string traceId, string spanId, string parent, string sampled) =>
        Assert.False(B3Multi.TryParse(traceId, spanId, parent, sampled, "", out _));
}
