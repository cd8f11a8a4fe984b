using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpAnswersTests
{
    [Fact]
    public void An_empty_response_took_every_span() => Assert.Equal(0, OtlpAnswers.RejectedSpans([]));

    [Fact]
    public void A_partial_success_says_how_many_spans_were_rejected() =>
        Assert.Equal(300, OtlpAnswers.RejectedSpans([0x0a, 0x06, 0x08, 0xac, 0x02, 0x12, 0x01, (byte)'x']));

    [Fact]
    public void A_status_with_retry_info_says_when_to_come_back()
    {
        byte[] duration = [0x08, 2, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01];
        byte[] retryInfo = [0x0a, (byte)duration.Length, .. duration];
        byte[] type = [.. "type.googleapis.com/google.rpc.RetryInfo"u8];
        byte[] any = [0x0a, (byte)type.Length, .. type, 0x12, (byte)retryInfo.Length, .. retryInfo];
        Assert.Equal(TimeSpan.FromSeconds(2.5), OtlpAnswers.RetryDelay([0x08, 8, 0x12, 1, (byte)'m', 0x1a, (byte)any.Length, .. any]));
    }

    [Fact]
    public void A_status_without_details_says_nothing_of_it() => Assert.Null(OtlpAnswers.RetryDelay([0x08, 8]));

    [Fact]
    public void A_truncated_answer_is_refused() => Assert.Throws<SpanFormatException>(() => OtlpAnswers.RejectedSpans([0x0a, 0x06, 0x08]));
}
