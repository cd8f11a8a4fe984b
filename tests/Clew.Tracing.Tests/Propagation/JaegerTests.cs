using Clew.Tracing.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class JaegerTests
{
    [Theory]
    [InlineData("3aecb1f2fc4bb4d3:e457b5a2e4d86bd1:0:1", 0, 0x3aecb1f2fc4bb4d3, 0xe457b5a2e4d86bd1, 0, SamplingState.Accept)]
    [InlineData("abc:1::0", 0, 0xabc, 1, 0, SamplingState.Deny)]
    [InlineData("80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:05e3ac9a4f6e3b90:3", 0x80f198ee56343ba8, 0x64fe8b2a57d3eff7, 0xe457b5a2e4d86bd1, 0x05e3ac9a4f6e3b90, SamplingState.Debug)]
    [InlineData("1080f198ee56343ba8%3Aab%3a0%3A02", 0x10, 0x80f198ee56343ba8, 0xab, 0, SamplingState.Debug)]
    [InlineData("abc:1:0:09", 0, 0xabc, 1, 0, SamplingState.Accept)]
    public void Short_long_and_encoded_identities_are_read(string text, ulong high, ulong low, ulong id, ulong parent, SamplingState sampling)
    {
        Assert.True(JaegerTraceId.TryParse(text, out PropagatedSpan span));
        Assert.Equal(new PropagatedSpan(high, low, id, sampling) { ParentSpanId = parent }, span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("abc:1:0")]
    [InlineData("abc:1:0:")]
    [InlineData("abc:1:0:1:1")]
    [InlineData("abc:1:0:100")]
    [InlineData("abc:1:x:1")]
    [InlineData("abc:1:0:x")]
    [InlineData(":1:0:1")]
    [InlineData("abc::0:1")]
    [InlineData("0:1:0:1")]
    [InlineData("abc:0:0:1")]
    [InlineData("abc%3B1%3B0%3B1")]
    [InlineData("abc%3")]
    [InlineData("080f198ee56343ba864fe8b2a57d3eff7:1:0:1")]
    [InlineData("abc:11111111111111111:0:1")]
    [InlineData("-bc:1:0:1")]
    [InlineData("abc:1:0:\u0011")]
    [InlineData("abc:e457b5a2e4d86b\u0011\u0011:0:1")]
    [InlineData("abc:e457b5a2e4d86b@A:0:1")]
    public void Anything_else_is_not_an_identity(string text) => Assert.False(JaegerTraceId.TryParse(text, out _));
}
