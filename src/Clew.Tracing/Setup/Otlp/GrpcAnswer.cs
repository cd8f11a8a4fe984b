using System.Globalization;
using System.Net;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>What a gRPC status means for a sender, said as HTTP would (OTLP specification, "OTLP/gRPC Response" and "OTLP/HTTP Response").</summary>
internal static class GrpcAnswer
{
    private const int ResourceExhausted = 8;
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    public static HttpResponseMessage ToHttp(string? status, string? details)
    {
        TimeSpan? pause = details is null ? null : RetryDelay(details);
        var answer = new HttpResponseMessage(StatusOf(status, pause)) { ReasonPhrase = $"for gRPC status {Printable(status)}" };
        if (pause is not null)
            answer.Headers.RetryAfter = new(pause.Value);
        return answer;
    }

    /// <summary>A header may hold anything, a reason only so much.</summary>
    private static string Printable(string? status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? $"{code}" : "none";

    // CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS may pass; RESOURCE_EXHAUSTED only where the server says when to come again.
    private static HttpStatusCode StatusOf(string? status, TimeSpan? pause) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code switch
    {
        0 => HttpStatusCode.OK,
        1 or 4 or 10 or 11 or 14 or 15 => HttpStatusCode.ServiceUnavailable,
        ResourceExhausted when pause is not null => HttpStatusCode.TooManyRequests,
        _ => HttpStatusCode.BadRequest,
    }
    : HttpStatusCode.BadGateway;

    /// <summary>The delay in <c>google.rpc.Status.details</c>, which comes as base64 with or without padding (gRPC over HTTP/2, "Custom-Metadata").</summary>
    private static TimeSpan? RetryDelay(string details)
    {
        byte[] status = new byte[details.Length];
        if (!Convert.TryFromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='), status, out int length))
            return null;
        var fields = new ProtobufFields(status.AsSpan(0, length));
        while (fields.Next())
        {
            if (fields.Number == 3 && RetryInfo(fields.Bytes) is { } delay)
                return delay;
        }
        return null;
    }

    private static TimeSpan? RetryInfo(ReadOnlySpan<byte> any)
    {
        bool isRetryInfo = false;
        var fields = new ProtobufFields(any);
        while (fields.Next())
        {
            if (fields.Number == 1)
                isRetryInfo = System.Text.Encoding.UTF8.GetString(fields.Bytes) == RetryInfoType;
            else if (fields.Number == 2 && isRetryInfo)
                return Duration(new ProtobufFields(fields.Bytes));
        }
        return null;
    }

    private static TimeSpan? Duration(ProtobufFields info)
    {
        while (info.Next())
        {
            if (info.Number != 1)
                continue;
            ulong seconds = 0, nanoseconds = 0;
            var duration = new ProtobufFields(info.Bytes);
            while (duration.Next())
            {
                if (duration.Number == 1)
                    seconds = duration.Value;
                else if (duration.Number == 2)
                    nanoseconds = duration.Value;
            }
            return TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) + TimeSpan.FromMilliseconds(Math.Min(nanoseconds, 999_999_999) / 1e6);
        }
        return null;
    }
}
