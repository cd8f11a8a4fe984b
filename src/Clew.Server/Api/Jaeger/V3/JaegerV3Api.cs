using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Query;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.V3;

/// <summary>
/// Jaeger's api_v3 over HTTP, as its page from 2.19 on and Grafana ask it (jaeger-idl, <c>api_v3/query_service.proto</c>, and the gateway's
/// routes): spans in OTLP JSON. Spans are adjusted as in the older API.
/// </summary>
internal sealed class JaegerV3Api(ISpanStore store, TraceLookup lookup, QueryOptions options)
{
    public async Task ServicesAsync(HttpContext context)
    {
        IReadOnlyList<string> services = await store.GetServicesAsync(TimeRange.All, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("services"u8);
            foreach (string service in services)
                writer.WriteStringValue(service);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    public async Task OperationsAsync(HttpContext context)
    {
        var parameters = new V3Parameters(context.Request.Query);
        IReadOnlyList<Operation> operations = await store.GetOperationsAsync(parameters.Text("service"), TimeRange.All, context.RequestAborted);
        string wanted = parameters.Text("spanKind");
        await JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("operations"u8);
            foreach ((string name, string kind) in JaegerOperations.Select(operations, wanted))
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, name);
                writer.WriteString("spanKind"u8, kind);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    public async Task TraceAsync(HttpContext context)
    {
        string text = JaegerParameters.RoutedTraceId(context);
        if (!TraceIdText.TryParse(text, out TraceId id))
            throw V3Parameters.Malformed("trace_id", $"{GoText.Quote(text)} is neither 1 to 32 hex digits nor 8 or 16 bytes in base64");
        var parameters = new V3Parameters(context.Request.Query);
        // The hints where to look are not needed here, but a wrong one is still the client's mistake.
        _ = parameters.TimeNs("startTime");
        _ = parameters.TimeNs("endTime");
        bool raw = parameters.Flag("rawTraces");
        Trace trace = await lookup.GetAsync(id, context.RequestAborted) ?? throw ApiException.NotFound("trace not found");
        await WriteTracesAsync(context, AsyncEnumerable.Repeat(trace, 1), raw);
    }

    /// <summary>All traces found in one <c>TracesData</c>; none is a 404.</summary>
    public async Task TracesAsync(HttpContext context)
    {
        var parameters = new V3Parameters(context.Request.Query);
        TraceQuery query = parameters.Question().ToQuery(options.LimitMax);
        bool raw = parameters.Flag("query.rawTraces");
        TraceSearchResult found = await store.SearchAsync(query, context.RequestAborted);
        if (found.Traces.Count == 0)
            throw ApiException.NotFound("No traces found");
        await WriteTracesAsync(context, store.TracesOf(found, context.RequestAborted), raw);
    }

    public async Task SummariesAsync(HttpContext context)
    {
        TraceQuery query = new V3Parameters(context.Request.Query).Question().ToQuery(options.LimitMax);
        TraceSearchResult found = await store.SearchAsync(query, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("summaries"u8);
            foreach (TraceSummary summary in found.Traces)
                V3Json.Write(writer, summary);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private Task WriteTracesAsync(HttpContext context, IAsyncEnumerable<Trace> traces, bool raw) => JsonAnswer.StreamAsync(
        context,
        JsonAnswer.Compact,
        static writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("result"u8);
            writer.WriteStartArray("resourceSpans"u8);
        },
        traces,
        (writer, trace) => OtlpJsonEncoder.WriteResourceSpans(writer, (raw ? trace : options.Adjust(trace)).Spans),
        static writer =>
        {
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
}
