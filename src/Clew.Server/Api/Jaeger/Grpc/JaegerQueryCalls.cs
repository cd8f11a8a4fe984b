using System.Buffers;
using System.Text;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Query;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Server.Receivers;
using Clew.Server.Receivers.Grpc;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary>What both generations of Jaeger's query service over gRPC answer alike, and how they put traces on the wire.</summary>
internal sealed class JaegerQueryCalls(ISpanStore store, TraceLookup lookup, QueryOptions options)
{
    // As Jaeger's server sends them.
    private const int SpansPerChunk = 10;

    public static GrpcException Invalid(string message) => new(GrpcStatusCode.InvalidArgument, message);

    /// <summary><c>{1 repeated string services}</c>.</summary>
    public async ValueTask GetServicesAsync(GrpcCall call)
    {
        foreach (string service in await store.GetServicesAsync(TimeRange.All, call.CancellationToken).ConfigureAwait(false))
            call.Response.WriteMessage(1, Encoding.UTF8.GetBytes(service));
    }

    public async ValueTask<(IReadOnlyList<Operation> Operations, string Kind)> GetOperationsAsync(GrpcCall call)
    {
        JaegerOperationsRequest request = JaegerQueryReader.ReadGetOperations((await PayloadAsync(call).ConfigureAwait(false)).Span);
        return (await store.GetOperationsAsync(request.Service, TimeRange.All, call.CancellationToken).ConfigureAwait(false), request.SpanKind);
    }

    /// <summary><c>{1 repeated {1 parent, 2 child, 3 call_count}}</c>.</summary>
    public async ValueTask GetDependenciesAsync(GrpcCall call)
    {
        JaegerDependenciesRequest request = JaegerQueryReader.ReadGetDependencies((await PayloadAsync(call).ConfigureAwait(false)).Span);
        if (request.StartNs is not { } startNs || request.EndNs is not { } endNs)
            throw Invalid("StartTime and EndTime must be initialized.");
        var link = new ArrayBufferWriter<byte>();
        foreach (ServiceEdge edge in await store.GetServiceEdgesAsync(new TimeRange(startNs, endNs), call.CancellationToken).ConfigureAwait(false))
        {
            link.ResetWrittenCount();
            link.WriteString(1, edge.Parent);
            link.WriteString(2, edge.Child);
            link.WriteInt64(3, edge.CallCount);
            call.Response.WriteMessage(1, link.WrittenSpan);
        }
    }

    public async ValueTask GetTraceAsync(GrpcStreamingCall call, TraceId id, bool raw, Action<IBufferWriter<byte>, Span[]> encode)
    {
        Trace trace = await lookup.GetAsync(id, call.CancellationToken).ConfigureAwait(false) ?? throw TraceNotFound();
        await WriteAsync(call, trace, raw, encode, new ArrayBufferWriter<byte>()).ConfigureAwait(false);
    }

    /// <summary>Answers with an empty message.</summary>
    public async ValueTask ArchiveTraceAsync(GrpcCall call, TraceId id)
    {
        try
        {
            if (!await lookup.ArchiveAsync(id, call.CancellationToken).ConfigureAwait(false))
                throw TraceNotFound();
        }
        catch (ArchiveFullException error)
        {
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, error.Message);
        }
    }

    public async ValueTask FindTracesAsync(GrpcStreamingCall call, JaegerQuestion question, bool raw, Action<IBufferWriter<byte>, Span[]> encode)
    {
        TraceSearchResult found = await FindAsync(question, call.CancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        await foreach (Trace trace in store.TracesOf(found, call.CancellationToken).ConfigureAwait(false))
            await WriteAsync(call, trace, raw, encode, buffer).ConfigureAwait(false);
    }

    public ValueTask<TraceSearchResult> FindAsync(JaegerQuestion question, CancellationToken cancellationToken) =>
        store.SearchAsync(question.ToQuery(options.LimitMax), cancellationToken);

    /// <exception cref="GrpcException">INVALID_ARGUMENT: no query, or a search depth below zero.</exception>
    public static async ValueTask<JaegerSearchRequest> ReadSearchAsync(GrpcStreamingCall call)
    {
        ReadOnlyMemory<byte> payload = await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false);
        JaegerSearchRequest request = JaegerQueryReader.ReadFindTraces(payload.Span) ?? throw Invalid("missing query");
        return request.Depth >= 0 ? request : throw Invalid($"the search depth must not be negative, received: {request.Depth}");
    }

    public static JaegerQuestion Question(JaegerSearchRequest request, TimeRange range) => new()
    {
        Service = request.Service,
        Operation = request.Operation,
        Tags = request.Tags,
        Range = range,
        MinDurationNs = request.DurationMinNs,
        MaxDurationNs = request.DurationMaxNs,
        Limit = request.Depth == 0 ? JaegerQuestion.LimitDefault : request.Depth,
    };

    private async ValueTask WriteAsync(
        GrpcStreamingCall call, Trace trace, bool raw, Action<IBufferWriter<byte>, Span[]> encode, ArrayBufferWriter<byte> buffer)
    {
        foreach (Span[] chunk in (raw ? trace : options.Adjust(trace)).Spans.Chunk(SpansPerChunk))
        {
            buffer.ResetWrittenCount();
            encode(buffer, chunk);
            await call.Responses.WriteAsync(buffer.WrittenMemory).ConfigureAwait(false);
        }
    }

    private static GrpcException TraceNotFound() => new(GrpcStatusCode.NotFound, "trace not found");

    private static ValueTask<ReadOnlyMemory<byte>> PayloadAsync(GrpcCall call) => call.Request.GetPayloadAsync(call.CancellationToken);
}
