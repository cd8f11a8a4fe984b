using System.Text;
using System.Text.Json;
using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.Query;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// Zipkin's query API (v2) as its server answers on 9411. Spans are answered as they came, client and server halves apart; ids match
/// as <see cref="ZipkinTraces"/> says. Unlike in Zipkin every tag can be completed, none has to be configured first.
/// </summary>
internal sealed class ZipkinQueryApi(ISpanStore store, TraceLookup lookup, TimeProvider time, QueryOptions options, ZipkinOptions zipkin)
{
    // Keys and values beyond these help nobody choose.
    private const int KeysMax = 1000;
    private const int ValuesMax = 10_000;

    // Browsers may keep lists of names for a while, but not as long as somebody is only starting: then everything is new.
    private const int CacheAboveNames = 3;
    private const string CacheNames = "max-age=300, must-revalidate";

    private readonly ZipkinNames names = new(store);
    private readonly ZipkinTraces traces = new(store, zipkin.StrictTraceId);

    // Number of services answered last. Written and read without order between requests: it only decides on a cache header.
    private volatile int serviceCount;

    public async Task ServicesAsync(HttpContext context)
    {
        IReadOnlyList<string> services = await names.ServicesAsync(context.RequestAborted);
        serviceCount = services.Count;
        await WriteNamesAsync(context, services, serviceCount);
    }

    public async Task SpansAsync(HttpContext context) =>
        await WriteNamesAsync(context, await names.SpansAsync(ServiceName(context), context.RequestAborted), serviceCount);

    public async Task RemoteServicesAsync(HttpContext context) =>
        await WriteNamesAsync(context, await names.RemoteServicesAsync(ServiceName(context), context.RequestAborted), serviceCount);

    public async Task TracesAsync(HttpContext context)
    {
        TraceQuery query = ZipkinSearch.Parse(new ZipkinParameters(context.Request.Query), UnixTime.Now(time), options.LimitMax);
        await WriteTracesAsync(context, traces.FindAsync(query, context.RequestAborted));
    }

    public async Task TraceAsync(HttpContext context)
    {
        TraceId id = ZipkinTraceIds.Parse((string)context.Request.RouteValues["traceId"]!);
        Trace trace = await traces.GetAsync(id, context.RequestAborted) ?? await lookup.GetAsync(id, context.RequestAborted)
            ?? throw ApiException.NotFound($"{id.ToShortString()} not found");
        await JsonAnswer.StreamAsync(
            context, JsonAnswer.Compact, static writer => writer.WriteStartArray(), trace.Spans.ToAsyncEnumerable(), ZipkinV2JsonEncoder.WriteSpan, static writer => writer.WriteEndArray());
    }

    public async Task TraceManyAsync(HttpContext context)
    {
        IReadOnlyCollection<TraceId> ids = ZipkinTraceIds.ParseMany(new ZipkinParameters(context.Request.Query).Required("traceIds"));
        await WriteTracesAsync(context, traces.GetManyAsync(ids, context.RequestAborted));
    }

    public async Task DependenciesAsync(HttpContext context)
    {
        var parameters = new ZipkinParameters(context.Request.Query);
        TimeRange range = ZipkinParameters.Range(parameters.RequiredInteger("endTs"), parameters.Integer("lookback"));
        IEnumerable<ServiceEdge> edges = ZipkinNames.Normalize(await store.GetServiceEdgesAsync(range, context.RequestAborted));
        await JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartArray();
            foreach (ServiceEdge edge in edges)
                Write(writer, edge);
            writer.WriteEndArray();
        });
    }

    public async Task AutocompleteKeysAsync(HttpContext context)
    {
        IReadOnlyList<string> keys = await store.GetAttributeKeysAsync(AttributeScope.Span, TimeRange.All, KeysMax, context.RequestAborted);
        // Zipkin always lets its configured keys be kept; here an empty list only says that nothing has arrived yet.
        await WriteNamesAsync(context, keys, keys.Count > 0 ? int.MaxValue : 0);
    }

    public async Task AutocompleteValuesAsync(HttpContext context)
    {
        string key = new ZipkinParameters(context.Request.Query).Required("key");
        if (key.Length == 0)
            throw ApiException.BadRequest("key was empty");
        IReadOnlyList<AttributeValueCount> counts =
            await store.GetAttributeValuesAsync(new QueryField.Attribute(AttributeScope.Span, key), TimeRange.All, ValuesMax, context.RequestAborted);
        string[] values = [.. counts.Select(static count => count.Value).Distinct().Order(StringComparer.Ordinal)];
        await WriteNamesAsync(context, values, values.Length);
    }

    /// <summary>Zipkin's errors are plain text.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonAnswer.WriteBytesAsync(context, Encoding.UTF8.GetBytes(message));
    }

    private static string ServiceName(HttpContext context) => new ZipkinParameters(context.Request.Query).Required("serviceName");

    private static Task WriteNamesAsync(HttpContext context, IReadOnlyList<string> list, int cacheCount)
    {
        if (cacheCount > CacheAboveNames)
            context.Response.Headers.CacheControl = CacheNames;
        return JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartArray();
            foreach (string name in list)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
        });
    }

    private static Task WriteTracesAsync(HttpContext context, IAsyncEnumerable<Trace> traces) => JsonAnswer.StreamAsync(
        context,
        JsonAnswer.Compact,
        static writer => writer.WriteStartArray(),
        traces,
        static (writer, trace) =>
        {
            writer.WriteStartArray();
            foreach (Span span in trace.Spans)
                ZipkinV2JsonEncoder.WriteSpan(writer, span);
            writer.WriteEndArray();
        },
        static writer => writer.WriteEndArray());

    private static void Write(Utf8JsonWriter writer, ServiceEdge edge)
    {
        writer.WriteStartObject();
        writer.WriteString("parent"u8, edge.Parent);
        writer.WriteString("child"u8, edge.Child);
        writer.WriteNumber("callCount"u8, edge.CallCount);
        if (edge.ErrorCount != 0)
            writer.WriteNumber("errorCount"u8, edge.ErrorCount);
        writer.WriteEndObject();
    }
}
