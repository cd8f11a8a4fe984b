using System.Net;
using System.Net.Http.Headers;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>Posts bodies to one endpoint and sorts the answers.</summary>
internal sealed class HttpSender(HttpClient client, Uri endpoint, string contentType, string? contentEncoding, DeliveryOptions options) : IDisposable
{
    private readonly DeliveryLog log = new(options.Logger, endpoint);

    public async Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            if (contentEncoding is not null)
                request.Content.Headers.ContentEncoding.Add(contentEncoding);
            // Answers say nothing beyond their status: the body is not waited for.
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            SendOutcome outcome = OutcomeOf(response);
            log.Report(outcome.Result, $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
            return outcome;
        }
#pragma warning disable CA1031 // The client may be the application's, with handlers that throw anything; the pump has to outlive them.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            // The end of the program is no failure of the server's.
            if (!cancellation.IsCancellationRequested)
                log.Report(SendResult.Retry, timeout.IsCancellationRequested ? $"no answer within {options.RequestTimeout.TotalSeconds} s" : ReasonOf(problem));
            return new SendOutcome(SendResult.Retry);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>The innermost problem says what is wrong with a certificate or a name; those around it say that something is.</summary>
    private static string ReasonOf(Exception problem) => problem.GetBaseException().Message.TrimEnd('.');

    // Zipkin and Jaeger answer 202, servers behind them anything of 2xx. What may pass: RFC 9110, 15.5 and 15.6, and RFC 6585 for 429.
    private SendOutcome OutcomeOf(HttpResponseMessage response) => response.StatusCode switch
    {
        _ when response.IsSuccessStatusCode => new SendOutcome(SendResult.Sent),
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => new SendOutcome(SendResult.Retry, RetryAfter(response.Headers.RetryAfter)),
        _ => new SendOutcome(SendResult.Refused),
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? header?.Date - options.TimeProvider.GetUtcNow();
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, options.RetryAfterMax.Ticks));
    }
}
