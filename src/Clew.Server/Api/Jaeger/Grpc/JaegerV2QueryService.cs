using System.Text;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Server.Receivers;
using Clew.Server.Receivers.Grpc;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary><c>jaeger.api_v2.QueryService</c> (jaeger-idl, <c>query.proto</c>), which Kiali asks.</summary>
internal sealed class JaegerV2QueryService(JaegerQueryCalls calls, TimeProvider time)
{
    public const string Name = "jaeger.api_v2.QueryService";

    public IEnumerable<GrpcMethod> Methods =>
    [
        new StreamingGrpcMethod($"/{Name}/GetTrace", GetTraceAsync),
        new UnaryGrpcMethod($"/{Name}/ArchiveTrace", null, ArchiveTraceAsync),
        new StreamingGrpcMethod($"/{Name}/FindTraces", FindTracesAsync),
        new UnaryGrpcMethod($"/{Name}/GetServices", null, calls.GetServicesAsync),
        new UnaryGrpcMethod($"/{Name}/GetOperations", null, GetOperationsAsync),
        new UnaryGrpcMethod($"/{Name}/GetDependencies", null, calls.GetDependenciesAsync),
    ];

    private async ValueTask GetTraceAsync(GrpcStreamingCall call)
    {
        JaegerTraceRequest request = JaegerQueryReader.ReadGetTrace((await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false)).Span);
        TraceId id = IdOf(request);
        using var encoder = new JaegerProtobufEncoder();
        await calls.GetTraceAsync(call, id, request.Raw, (output, chunk) => encoder.Write(output, chunk)).ConfigureAwait(false);
    }

    // The request is that of GetTrace without the last field.
    private async ValueTask ArchiveTraceAsync(GrpcCall call)
    {
        JaegerTraceRequest request = JaegerQueryReader.ReadGetTrace((await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false)).Span);
        await calls.ArchiveTraceAsync(call, IdOf(request)).ConfigureAwait(false);
    }

    private async ValueTask FindTracesAsync(GrpcStreamingCall call)
    {
        JaegerSearchRequest request = await JaegerQueryCalls.ReadSearchAsync(call).ConfigureAwait(false);
        long nowNs = UnixTime.Now(time);
        var range = new TimeRange(request.StartMinNs ?? nowNs - JaegerSearch.LookbackNs, request.StartMaxNs ?? nowNs);
        using var encoder = new JaegerProtobufEncoder();
        await calls.FindTracesAsync(call, JaegerQueryCalls.Question(request, range), request.Raw, (output, chunk) => encoder.Write(output, chunk)).ConfigureAwait(false);
    }

    /// <summary><c>{1 repeated string operationNames, 2 repeated {1 name, 2 span_kind}}</c>, the first for older clients.</summary>
    private async ValueTask GetOperationsAsync(GrpcCall call)
    {
        (IReadOnlyList<Operation> operations, string kind) = await calls.GetOperationsAsync(call).ConfigureAwait(false);
        (string Name, string Kind)[] wanted = [.. operations.Select(static operation => (operation.Name, JaegerQueryApi.KindText(operation.Kind)))
            .Where(operation => kind.Length == 0 || kind.Equals(operation.Item2, StringComparison.OrdinalIgnoreCase))];
        foreach (string name in wanted.Select(static operation => operation.Name).Distinct())
            call.Response.WriteMessage(1, Encoding.UTF8.GetBytes(name));
        GrpcOperations.Write(call.Response, 2, wanted);
    }

    private static TraceId IdOf(JaegerTraceRequest request)
    {
        if (!TraceId.TryFromBytes(request.TraceId, out TraceId id) && request.TraceId.Length > 0)
            throw JaegerQueryCalls.Invalid($"a trace id of {request.TraceId.Length} bytes, neither 8 nor 16");
        if (id.IsZero)
            throw JaegerQueryCalls.Invalid("uninitialized TraceID is not allowed");
        return id;
    }
}
