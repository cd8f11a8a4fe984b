using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Query;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger;

/// <summary>
/// Jaeger's query API over HTTP as Jaeger 1.x and 2.0 to 2.20 serve it on 16686, for Jaeger's page, Grafana, Kiali and scripts.
/// Traces are answered as <see cref="TraceAdjuster"/> mends them; with <c>raw</c>, as stored.
/// </summary>
internal sealed class JaegerQueryApi(ISpanStore store, TraceLookup lookup, TimeProvider time, QueryOptions options)
{
    private const long DependenciesLookbackMs = 24 * 3_600_000;

    public async Task ServicesAsync(HttpContext context)
    {
        IReadOnlyList<string> services = await store.GetServicesAsync(TimeRange.All, context.RequestAborted);
        await JaegerEnvelope.WriteAsync(context, services.Count, writer => WriteTexts(writer, services));
    }

    /// <summary>Names alone, whatever their kinds.</summary>
    public async Task ServiceOperationsAsync(HttpContext context)
    {
        string service = RawPath.SegmentBeforeLast(context);
        IReadOnlyList<Operation> operations = await store.GetOperationsAsync(service, TimeRange.All, context.RequestAborted);
        string[] names = [.. operations.Select(static operation => operation.Name).Distinct()];
        await JaegerEnvelope.WriteAsync(context, names.Length, writer => WriteTexts(writer, names));
    }

    /// <summary>Names with their kinds.</summary>
    public async Task OperationsAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        string service = parameters.Text("service");
        if (service.Length == 0)
            throw ApiException.BadRequest("parameter 'service' is required");
        string kind = parameters.Text("spanKind");
        IReadOnlyList<Operation> operations = await store.GetOperationsAsync(service, TimeRange.All, context.RequestAborted);
        Operation[] wanted = [.. operations.Where(operation => kind.Length == 0 || kind.Equals(KindText(operation.Kind), StringComparison.OrdinalIgnoreCase))];
        await JaegerEnvelope.WriteAsync(context, wanted.Length, writer =>
        {
            writer.WriteStartArray();
            foreach (Operation operation in wanted)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, operation.Name);
                writer.WriteString("spanKind"u8, KindText(operation.Kind));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    /// <summary>Search, or the traces of given ids; those that are not there are told in <c>errors</c>.</summary>
    public async Task TracesAsync(HttpContext context)
    {
        JaegerSearch search = JaegerSearch.Parse(new JaegerParameters(context.Request.Query), UnixTime.Now(time), options.LimitMax);
        var errors = new List<JaegerError>();
        IAsyncEnumerable<Trace> traces = search.TraceIds.Count > 0
            ? GetAsync(search.TraceIds, errors, context.RequestAborted)
            : FindAsync(search.Query, errors, context.RequestAborted);
        await WriteTracesAsync(context, traces, search.Raw, errors);
    }

    public async Task TraceAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        TraceId id = JaegerParameters.TraceIdOf(JaegerParameters.RoutedTraceId(context));
        // The hints where to look are not needed here, but a wrong one is still the client's mistake.
        _ = parameters.Integer("start");
        _ = parameters.Integer("end");
        bool raw = parameters.Flag("raw");
        Trace trace = await lookup.GetAsync(id, context.RequestAborted) ?? throw ApiException.NotFound("trace not found");
        await WriteTracesAsync(context, AsyncEnumerable.Repeat(trace, 1), raw, []);
    }

    public async Task DependenciesAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        long endNs = parameters.Integer("endTs") is { } endMs ? UnixTime.ToNs(endMs, UnixTime.NsPerMilli) : UnixTime.Now(time);
        long lookbackNs = UnixTime.ToNs(parameters.Integer("lookback") ?? DependenciesLookbackMs, UnixTime.NsPerMilli);
        string service = parameters.Text("service");
        IReadOnlyList<ServiceEdge> edges = await store.GetServiceEdgesAsync(UnixTime.Before(endNs, lookbackNs), context.RequestAborted);
        await JaegerEnvelope.WriteAsync(context, total: 0, writer =>
        {
            writer.WriteStartArray();
            foreach (ServiceEdge edge in edges)
            {
                if (service.Length == 0 || edge.Parent == service || edge.Child == service)
                    Write(writer, edge);
            }
            writer.WriteEndArray();
        });
    }

    /// <summary>Whatever else is asked under <c>/api/</c>: as Go's <c>http.NotFound</c> says it.</summary>
    public static Task UnknownAsync(HttpContext context) =>
        JaegerEnvelope.WriteTextAsync(context, StatusCodes.Status404NotFound, Encoding.UTF8.GetBytes("404 page not found"));

    private async IAsyncEnumerable<Trace> GetAsync(IReadOnlyList<TraceId> ids, List<JaegerError> errors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (TraceId id in ids)
        {
            if (await lookup.GetAsync(id, cancellationToken) is { } trace)
                yield return trace;
            else
                errors.Add(new JaegerError("trace not found", TraceId: id));
        }
    }

    private async IAsyncEnumerable<Trace> FindAsync(TraceQuery query, List<JaegerError> errors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TraceSearchResult found = await store.SearchAsync(query, cancellationToken);
        if (found.Incomplete is { } reason)
            errors.Add(new JaegerError(reason));
        await foreach (Trace trace in store.TracesOf(found, cancellationToken))
            yield return trace;
    }

    /// <summary>The envelope of traces, written as they come; <paramref name="errors"/> may be added to until they end.</summary>
    public Task WriteTracesAsync(HttpContext context, IAsyncEnumerable<Trace> traces, bool raw, List<JaegerError> errors) => JsonAnswer.StreamAsync(
        context,
        JaegerEnvelope.Layout(context),
        static writer =>
        {
            JaegerEnvelope.Begin(writer);
            writer.WriteStartArray();
        },
        traces,
        (writer, trace) => JaegerJsonEncoder.WriteTrace(writer, raw ? trace : options.Adjust(trace)),
        writer =>
        {
            writer.WriteEndArray();
            JaegerEnvelope.End(writer, total: 0, errors);
        });

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ServiceEdge edge)
    {
        writer.WriteStartObject();
        writer.WriteString("parent"u8, edge.Parent);
        writer.WriteString("child"u8, edge.Child);
        writer.WriteNumber("callCount"u8, edge.CallCount);
        writer.WriteEndObject();
    }

    /// <summary>Empty for a span without a kind.</summary>
    public static string KindText(SpanKind kind) => kind == SpanKind.Unspecified ? "" : kind.ToString().ToLowerInvariant();
}
