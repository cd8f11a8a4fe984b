using System.Globalization;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers;

/// <summary>Pieces of answers that several receivers over HTTP share.</summary>
internal static class HttpAnswers
{
    /// <summary>Status and, when trying again makes sense, Retry-After in whole seconds (RFC 9110 §10.2.3).</summary>
    public static void SetStatus(this HttpResponse response, in Refusal refusal)
    {
        response.StatusCode = refusal.Reason.HttpStatus();
        if (refusal.RetryAfter is { } retryAfter)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One line of plain text.</summary>
    public static Task WriteLineAsync(this HttpResponse response, string text)
    {
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text + "\n", response.HttpContext.RequestAborted);
    }

    /// <summary>
    /// 202 without a body when at least some spans were taken or none was sent, as collectors without partial success answer; else the
    /// status and one line of text.
    /// </summary>
    public static Task AnswerAsync(this HttpResponse response, in IngestOutcome outcome, Func<Refusal, string> text)
    {
        Refusal? refusal = outcome.Refusal;
        if (refusal is null && outcome.Result is { AcceptedSpans: 0, RejectedSpans: > 0, RejectReason: { } reason })
            refusal = new Refusal(RefusalReason.Malformed, reason);
        if (refusal is { } refused)
        {
            response.SetStatus(refused);
            return response.WriteLineAsync(text(refused));
        }
        response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }
}
