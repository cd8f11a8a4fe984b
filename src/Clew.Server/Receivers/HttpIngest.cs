using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers;

/// <summary>What all receivers over HTTP do alike: read the body, bring it through the pipeline, tell how it went.</summary>
internal sealed class HttpIngest(RequestBodyReader bodies, IngestPipeline pipeline, RefusalDesk desk)
{
    /// <param name="context">The request; its body is read, nothing is answered.</param>
    /// <param name="receiver">One of <see cref="ReceiverName"/>.</param>
    /// <param name="format">What the body holds once inflated.</param>
    /// <param name="emptyIsNothing">A body without bytes is a request without spans; else it is for the decoder to judge.</param>
    /// <param name="detector">Looks at the inflated payload and says what it is in really.</param>
    public async ValueTask<IngestOutcome> IngestAsync(
        HttpContext context, string receiver, BatchFormat format, bool emptyIsNothing = false, FormatDetector? detector = null)
    {
        HttpRequest request = context.Request;
        RequestBody? body = null;
        try
        {
            body = await bodies.ReadAsync(
                request, Encoding(request), request.ContentLength, framingBytes: 0, context.RequestAborted).ConfigureAwait(false);
            if (emptyIsNothing && body.Received.IsEmpty)
                return default(IngestResult);
            return await pipeline.IngestAsync(receiver, format, body, context.RequestAborted, detector).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return desk.Refuse(receiver, exception, request.Headers.UserAgent, body is null ? default : body.Seen);
        }
        finally
        {
            body?.Dispose();
        }
    }

    /// <summary>Refuses before the body is looked at.</summary>
    public Refusal RefuseMediaType(HttpContext context, string receiver, string message) =>
        desk.Refuse(receiver, new RequestRefusedException(RefusalReason.MediaType, message), context.Request.Headers.UserAgent);

    /// <summary>What Content-Encoding says.</summary>
    /// <exception cref="RequestRefusedException">Something that is not understood.</exception>
    public static BodyEncoding Encoding(HttpRequest request)
    {
        string? name = request.Headers.ContentEncoding;
        return BodyEncodings.TryParse(name, out BodyEncoding encoding)
            ? encoding
            : throw new RequestRefusedException(RefusalReason.Encoding, $"Content-Encoding '{name}' is not supported; send gzip, deflate or identity");
    }
}
