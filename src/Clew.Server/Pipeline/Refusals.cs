namespace Clew.Server.Pipeline;

/// <summary>What each <see cref="RefusalReason"/> is called in metrics and which HTTP status tells it.</summary>
internal static class Refusals
{
    public static string Label(this RefusalReason reason) => reason switch
    {
        RefusalReason.Malformed => "malformed",
        RefusalReason.WrongMethod => "wrong-method",
        RefusalReason.Truncated => "truncated",
        RefusalReason.TooLarge => "too-large",
        RefusalReason.Limit => "limit",
        RefusalReason.Encoding => "encoding",
        RefusalReason.MediaType => "media-type",
        RefusalReason.Overload => "overload",
        RefusalReason.Store => "store",
        RefusalReason.Aborted => "aborted",
        RefusalReason.ZeroTraceId => "zero-trace-id",
        RefusalReason.ZeroSpanId => "zero-span-id",
        RefusalReason.TimeOutOfRange => "time-out-of-range",
        _ => "internal",
    };

    public static int HttpStatus(this RefusalReason reason) => reason switch
    {
        RefusalReason.TooLarge or RefusalReason.Limit => StatusCodes.Status413PayloadTooLarge,
        RefusalReason.Encoding or RefusalReason.MediaType => StatusCodes.Status415UnsupportedMediaType,
        RefusalReason.Overload => StatusCodes.Status429TooManyRequests,
        RefusalReason.Store => StatusCodes.Status503ServiceUnavailable,
        RefusalReason.Aborted => StatusCodes.Status408RequestTimeout,
        RefusalReason.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
