using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Server.Commands.Sending;

/// <summary>Posts requests over a connection of its own.</summary>
internal sealed class HttpSpanSender(SpanProtocol protocol, Uri endpoint, bool isGzip) : ISpanSender
{
    private readonly HttpClient client = SenderConnection.Open();

    public async ValueTask<SendAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(protocol.MediaType);
        if (isGzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return Refusal(response);
            return new SendAnswer(SendOutcome.Accepted, RejectedSpans: RejectedSpans(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (Exception error) when (SenderConnection.IsFailure(error, cancellationToken))
        {
            return SenderConnection.Failure(error);
        }
    }

    public void Dispose() => client.Dispose();

    private static SendAnswer Refusal(HttpResponseMessage response)
    {
        // OTLP specification, "Retryable Response Codes"; the other protocols use the same ones.
        bool mayRetry = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return new SendAnswer(
            mayRetry ? SendOutcome.RefusedForNow : SendOutcome.Refused,
            string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}"),
            response.Headers.RetryAfter?.Delta);
    }

    private long RejectedSpans(byte[] answer)
    {
        if (answer.Length == 0)
            return 0;
        try
        {
            return protocol.Kind switch
            {
                SpanProtocolKind.OtlpHttp => OtlpAnswers.RejectedSpans(answer),
                SpanProtocolKind.OtlpHttpJson => RejectedSpansOfJson(answer),
                _ => 0,
            };
        }
        catch (Exception malformed) when (malformed is SpanFormatException or JsonException)
        {
            // A receiver that says 200 and then something strange has taken the spans as far as it says.
            return 0;
        }
    }

    private static long RejectedSpansOfJson(byte[] answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("partialSuccess"u8, out JsonElement partial)
            || !partial.TryGetProperty("rejectedSpans"u8, out JsonElement rejected))
            return 0;
        return long.TryParse(rejected.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0;
    }
}
