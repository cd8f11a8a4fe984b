using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Receivers;

namespace Clew.Server.Api.Jaeger;

/// <summary>
/// <c>POST /api/transform</c>: OTLP JSON in, traces as Jaeger's page shows them out; nothing is stored. The page sends files here that a
/// user opens. The body is admitted, bounded and checked as if it were to be stored.
/// </summary>
internal sealed class JaegerTransform(JaegerQueryApi api, RequestBodyReader bodies, SpanBatchPool batches, SpanValidator validator)
{
    public async Task TransformAsync(HttpContext context)
    {
        Span[] spans;
        try
        {
            spans = await ReadAsync(context);
        }
        catch (SpanFormatException error)
        {
            throw ApiException.BadRequest($"cannot unmarshal OTLP : {error.Message}");
        }
        catch (Exception error) when (error is RequestRefusedException or OverloadedException)
        {
            var refusal = Refusal.From(error, IngestGates.RetryAfter);
            context.Response.SetStatus(refusal);
            throw new ApiException(refusal.Reason.HttpStatus(), refusal.Message);
        }
        IEnumerable<Trace> traces = spans.GroupBy(static span => span.TraceId).Select(static group => new Trace(group.Key, [.. group]));
        await api.WriteTracesAsync(context, traces.ToAsyncEnumerable(), raw: false, []);
    }

    private async Task<Span[]> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        using RequestBody body = await bodies.ReadAsync(
            request, HttpIngest.Encoding(request), request.ContentLength, framingBytes: 0, context.RequestAborted);
        ReadOnlyMemory<byte> payload = await body.GetPayloadAsync(context.RequestAborted);
        using SpanBatchPool.Rental rental = await batches.RentAsync(context.RequestAborted);
        SpanBatch batch = SpanDecoder.Decode(BatchFormat.OtlpJson, payload, rental.Builder);
        validator.Validate(batch);
        return SpanReader.ReadAll(batch);
    }
}
