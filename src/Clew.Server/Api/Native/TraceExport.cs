using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Query;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Native;

/// <summary>
/// <c>GET /api/clew/traces</c>: whole traces page by page, newest first, one line of OTLP JSON each. For moving data: what it gives, the
/// OTLP receiver takes.
/// </summary>
internal sealed class TraceExport(ISpanStore store, QueryOptions options)
{
    public const string Path = "api/clew/traces";
    public const string MediaType = "application/x-ndjson";

    /// <summary>Header: where the next page starts; absent on the last one.</summary>
    public const string NextHeader = "Clew-Next";

    /// <summary>Header: why traces that match may be missing; absent when none is.</summary>
    public const string IncompleteHeader = "Clew-Incomplete";

    private const int LimitDefault = 100;
    private const int FlushBytes = 64 << 10;

    public async Task TracesAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        TraceSearchResult found = await store.SearchAsync(Query(new NativeParameters(context.Request.Query, "from", "to", "service", "limit", "after")), cancellation);
        // The first trace is fetched before anything is sent, so that a store that cannot answer still leads to an error answer.
        Trace? first = found.Traces.Count > 0 ? await store.GetTraceAsync(found.Traces[0].TraceId, cancellation) : null;
        context.Response.ContentType = MediaType;
        if (found.Next is { } next)
            context.Response.Headers[NextHeader] = TraceCursorText.Format(next);
        if (found.Incomplete is { } reason)
            context.Response.Headers[IncompleteHeader] = Uri.EscapeDataString(reason);
        await context.Response.StartAsync(cancellation);
        await WriteAsync(context.Response.BodyWriter, first, found.Traces, cancellation);
    }

    private TraceQuery Query(NativeParameters parameters) => new()
    {
        Range = parameters.Range("from", "to"),
        Where = parameters.Text("service") is { } service
            ? new TraceCondition.AnySpan(new SpanCondition.Compare(QueryField.Service, ComparisonOperator.Equal, AttributeValue.From(service)))
            : null,
        Limit = parameters.Limit("limit", LimitDefault, options.LimitMax),
        After = parameters.Cursor("after"),
    };

    private async Task WriteAsync(PipeWriter body, Trace? first, IReadOnlyList<TraceSummary> found, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(body, JsonAnswer.Compact);
        for (int i = 0; i < found.Count; i++)
        {
            // Retention may have taken a trace since it was found.
            if ((i == 0 ? first : await store.GetTraceAsync(found[i].TraceId, cancellation)) is not { } trace)
                continue;
            OtlpJsonEncoder.Write(writer, InOrder(trace));
            writer.Flush();
            writer.Reset();
            body.Write("\n"u8);
            if (body.UnflushedBytes >= FlushBytes)
                await body.FlushAsync(cancellation);
        }
    }

    // Stores promise no order; the same trace is the same line whatever store it comes from.
    private static IEnumerable<Span> InOrder(Trace trace) => trace.Spans.OrderBy(static span => span.StartNs).ThenBy(static span => span.SpanId);
}
