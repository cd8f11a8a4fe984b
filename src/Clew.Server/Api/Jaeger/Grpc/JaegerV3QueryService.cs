using System.Buffers;
using System.Text;
using Clew.Formats.Jaeger;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Query;
using Clew.Server.Api.Jaeger.Filters;
using Clew.Server.Api.Jaeger.V3;
using Clew.Server.Receivers.Grpc;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary><c>jaeger.api_v3.QueryService</c> (jaeger-idl, <c>api_v3/query_service.proto</c>): traces as OTLP's <c>TracesData</c>.</summary>
internal sealed class JaegerV3QueryService(JaegerQueryCalls calls)
{
    public const string Name = "jaeger.api_v3.QueryService";

    private const int SummariesPerChunk = 100;

    public IEnumerable<GrpcMethod> Methods =>
    [
        new StreamingGrpcMethod($"/{Name}/GetTrace", GetTraceAsync),
        new StreamingGrpcMethod($"/{Name}/FindTraces", FindTracesAsync),
        new StreamingGrpcMethod($"/{Name}/FindTraceSummaries", FindTraceSummariesAsync),
        new UnaryGrpcMethod($"/{Name}/GetServices", null, calls.GetServicesAsync),
        new UnaryGrpcMethod($"/{Name}/GetOperations", null, GetOperationsAsync),
        new UnaryGrpcMethod($"/{Name}/GetDependencies", null, calls.GetDependenciesAsync),
    ];

    private async ValueTask GetTraceAsync(GrpcStreamingCall call)
    {
        JaegerTraceRequest request = JaegerQueryReader.ReadGetTrace((await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false)).Span);
        string text = Encoding.UTF8.GetString(request.TraceId);
        if (!TraceIdText.TryParse(text, out TraceId id))
            throw JaegerQueryCalls.Invalid($"malformed trace_id: {GoText.Quote(text)} is neither 1 to 32 hex digits nor 8 or 16 bytes in base64");
        await calls.GetTraceAsync(call, id, request.Raw, Encode).ConfigureAwait(false);
    }

    private async ValueTask FindTracesAsync(GrpcStreamingCall call)
    {
        JaegerSearchRequest request = await JaegerQueryCalls.ReadSearchAsync(call).ConfigureAwait(false);
        await calls.FindTracesAsync(call, Question(request), request.Raw, Encode).ConfigureAwait(false);
    }

    private async ValueTask FindTraceSummariesAsync(GrpcStreamingCall call)
    {
        JaegerSearchRequest request = await JaegerQueryCalls.ReadSearchAsync(call).ConfigureAwait(false);
        TraceSearchResult found = await calls.FindAsync(Question(request), call.CancellationToken).ConfigureAwait(false);
        var chunk = new ArrayBufferWriter<byte>();
        foreach (TraceSummary[] summaries in found.Traces.Chunk(SummariesPerChunk))
        {
            chunk.ResetWrittenCount();
            foreach (TraceSummary summary in summaries)
                GrpcSummaries.Write(chunk, summary);
            await call.Responses.WriteAsync(chunk.WrittenMemory).ConfigureAwait(false);
        }
    }

    /// <summary><c>{1 repeated {1 name, 2 span_kind}}</c>.</summary>
    private async ValueTask GetOperationsAsync(GrpcCall call)
    {
        (IReadOnlyList<Operation> operations, string kind) = await calls.GetOperationsAsync(call).ConfigureAwait(false);
        GrpcOperations.Write(call.Response, 1, JaegerOperations.Select(operations, kind));
    }

    private static JaegerQuestion Question(JaegerSearchRequest request)
    {
        if (request.StartMinNs is not { } minNs || request.StartMaxNs is not { } maxNs)
            throw JaegerQueryCalls.Invalid("start_time_min and start_time_max are required");
        JaegerQuestion question = JaegerQueryCalls.Question(request, new TimeRange(minNs, maxNs));
        if (request.Filter is null)
            return question;
        if (question.HasPlainConditions)
            throw JaegerQueryCalls.Invalid("malformed filter: a filter stands alone: say service_name, operation_name, attributes and durations in it");
        try
        {
            return question with { Filter = FilterCondition.Of(request.Filter) };
        }
        catch (FormatException error)
        {
            throw JaegerQueryCalls.Invalid($"malformed filter: {error.Message}");
        }
    }

    private static void Encode(IBufferWriter<byte> output, Span[] chunk) => OtlpProtobufEncoder.Write(output, chunk);
}
