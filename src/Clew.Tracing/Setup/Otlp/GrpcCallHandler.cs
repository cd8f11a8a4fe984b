using System.Net;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>Makes a posted body a gRPC call and its status an HTTP status, so that one sender serves both.</summary>
internal sealed class GrpcCallHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>An ExportTraceServiceResponse is empty, or a count and a sentence.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TE.Add(new("trailers"));
        using HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return new HttpResponseMessage(response.StatusCode) { Headers = { RetryAfter = response.Headers.RetryAfter } };
        // The status comes after the body.
        await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        return GrpcAnswer.ToHttp(Find(response, "grpc-status"), Find(response, "grpc-status-details-bin"));
    }

    private static string? Find(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values) ? values.FirstOrDefault() : null;
}
