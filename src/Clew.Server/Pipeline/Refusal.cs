using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Pipeline;

/// <summary>One answer "no", before it is put into the words of a protocol.</summary>
/// <param name="Reason">For metrics and status codes.</param>
/// <param name="Message">For the sender: what is wrong, and where when that is known.</param>
/// <param name="RetryAfter">When trying again makes sense; null when it never does.</param>
internal readonly record struct Refusal(RefusalReason Reason, string Message, TimeSpan? RetryAfter = null)
{
    public static Refusal From(Exception exception, TimeSpan retryAfter) => exception switch
    {
        RequestRefusedException refused => new(refused.Reason, refused.Message),
        OverloadedException overloaded => new(RefusalReason.Overload, overloaded.Message, overloaded.RetryAfter),
        StoreUnavailableException unavailable => new(RefusalReason.Store, unavailable.Message, retryAfter),
        // Too deep is a matter of shape, not of size.
        SpanLimitException { LimitName: not nameof(SpanBatchLimits.DepthMax) } limit => new(RefusalReason.Limit, limit.Message),
        SpanFormatException { Problem: SpanFormatProblem.Truncated } cut => new(RefusalReason.Truncated, cut.Message),
        SpanFormatException { Problem: SpanFormatProblem.OtherMessage } other => new(RefusalReason.WrongMethod, other.Message),
        SpanFormatException format => new(RefusalReason.Malformed, format.Message),
        QueryException query => new(RefusalReason.Malformed, query.Message),
        // Kestrel's own limits: body size, data rate, chunk framing.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => new(RefusalReason.TooLarge, large.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } slow => new(RefusalReason.Aborted, slow.Message),
        BadHttpRequestException bad => new(RefusalReason.Malformed, bad.Message),
        OperationCanceledException or IOException => new(RefusalReason.Aborted, "the request was given up before it was complete"),
        _ => new(RefusalReason.Internal, "internal error; the server's log says more"),
    };
}
