using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Server.Commands.Sending;

/// <summary>
/// Unary gRPC calls over one HTTP/2 connection without TLS negotiation. Requests come with their frame (<see cref="WriteFrame"/>), so that
/// a request can be kept whole and sent again.
/// </summary>
internal sealed class GrpcSpanSender : ISpanSender
{
    /// <summary>Compressed flag and length before a message (gRPC over HTTP/2, "Length-Prefixed-Message").</summary>
    public const int FrameBytes = 5;

    private const int Ok = 0;
    private const int ResourceExhausted = 8;

    // OTLP specification, "Failures": CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS.
    private static readonly int[] Retryable = [1, 4, 10, 11, 14, 15];

    private readonly HttpClient client = SenderConnection.Open();
    private readonly Uri endpoint;
    private readonly bool isGzip;

    public GrpcSpanSender(Uri endpoint, bool isGzip)
    {
        this.endpoint = endpoint;
        this.isGzip = isGzip;
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    public static void WriteFrame(Span<byte> destination, int messageBytes, bool isCompressed)
    {
        destination[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(destination[1..], messageBytes);
    }

    public async ValueTask<SendAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (isGzip)
            request.Headers.Add("grpc-encoding", "gzip");
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return Answer(response, answer);
        }
        catch (Exception error) when (SenderConnection.IsFailure(error, cancellationToken))
        {
            return SenderConnection.Failure(error);
        }
    }

    public void Dispose() => client.Dispose();

    private static SendAnswer Answer(HttpResponseMessage response, byte[] answer)
    {
        // Trailers, or the only headers of an answer without a message.
        string? status = Value(response.TrailingHeaders, "grpc-status") ?? Value(response.Headers, "grpc-status");
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            return new SendAnswer(SendOutcome.Refused, string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode} without a gRPC status"));
        try
        {
            if (code == Ok)
                return new SendAnswer(SendOutcome.Accepted, RejectedSpans: answer.Length > FrameBytes ? OtlpAnswers.RejectedSpans(answer.AsSpan(FrameBytes)) : 0);
            TimeSpan? retryAfter = RetryDelay(Value(response.TrailingHeaders, "grpc-status-details-bin") ?? Value(response.Headers, "grpc-status-details-bin"));
            bool mayRetry = Retryable.Contains(code) || (code == ResourceExhausted && retryAfter is not null);
            return new SendAnswer(mayRetry ? SendOutcome.RefusedForNow : SendOutcome.Refused, Name(code), retryAfter);
        }
        catch (SpanFormatException)
        {
            return new SendAnswer(code == Ok ? SendOutcome.Accepted : SendOutcome.Refused, code == Ok ? "" : Name(code));
        }
    }

    private static string Name(int code) => code switch
    {
        3 => "INVALID_ARGUMENT",
        4 => "DEADLINE_EXCEEDED",
        ResourceExhausted => "RESOURCE_EXHAUSTED",
        12 => "UNIMPLEMENTED",
        13 => "INTERNAL",
        14 => "UNAVAILABLE",
        16 => "UNAUTHENTICATED",
        _ => string.Create(CultureInfo.InvariantCulture, $"gRPC status {code}"),
    };

    // Binary headers are base64, with or without padding (gRPC over HTTP/2, "Custom-Metadata").
    private static TimeSpan? RetryDelay(string? details)
    {
        if (details is null)
            return null;
        string padded = details.PadRight((details.Length + 3) / 4 * 4, '=');
        return Base64.IsValid(padded) ? OtlpAnswers.RetryDelay(Convert.FromBase64String(padded)) : null;
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
