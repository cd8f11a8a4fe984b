using System.Net;
using Clew.Formats;
using Clew.Model;
using Clew.Query;
using Clew.Server.Api.Native;
using Clew.Server.Hosting;
using Clew.Storage;
using Clew.TestKit;
using FsCheck.Fluent;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Native;

public sealed class TraceExportTests
{
    [Fact]
    public async Task Every_line_is_a_trace_that_decodes_to_what_was_stored()
    {
        Span[] spans = Gen.Sample(SpanGen.OtlpSpan, 40, 50);
        await using ApiServer server = await ApiServer.StartAsync(spans);

        (string[] lines, _) = await Page(server, "?limit=1000");

        Assert.Equal(spans.Select(static span => span.TraceId).Distinct().Count(), lines.Length);
        Span[] decoded = [.. lines.SelectMany(Decode)];
        Assert.Equal(spans.OrderBy(Text, StringComparer.Ordinal), decoded.OrderBy(Text, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Following_the_cursor_gives_every_trace_once_newest_first(int limit)
    {
        await using ApiServer server = await ApiServer.StartAsync([.. Enumerable.Range(1, 7).Select(static i => Span((ulong)i, 1, startUs: T0Us + i / 2))]);
        var found = new List<TraceId>();
        string? after = null;
        do
        {
            (string[] lines, string? next) = await Page(server, $"?limit={limit}" + (after is null ? "" : $"&after={after}"));
            Assert.InRange(lines.Length, 1, limit);
            found.AddRange(lines.Select(static line => Decode(line)[0].TraceId));
            after = next;
        }
        while (after is not null);

        Assert.Equal([6, 7, 4, 5, 2, 3, 1], found.Select(static id => (int)id.Low));
    }

    [Theory]
    [InlineData("?service=cart", 2)]
    [InlineData("?from=1795000000000001000", 2, 3)]
    [InlineData("?to=1795000000000001000", 1, 2)]
    [InlineData("?from=1795000000000001000&to=1795000000000001000", 2)]
    [InlineData("?from=2026-11-18T11:06:40.000002Z", 3)]
    [InlineData("?to=2026-11-18T12:06:40.000001%2B01:00", 1, 2)]
    [InlineData("?service=nobody")]
    public async Task Service_and_times_choose_traces(string query, params int[] expected)
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1), Span(2, 1, service: "cart", startUs: T0Us + 1), Span(3, 1, startUs: T0Us + 2));

        (string[] lines, _) = await Page(server, query);

        Assert.Equal(expected, lines.Select(static line => (int)Decode(line)[0].TraceId.Low).Order());
    }

    [Theory]
    [InlineData("?limit=0", "parameter 'limit': '0' is not a number from 1 to 10000")]
    [InlineData("?limit=10001", "parameter 'limit': '10001' is not a number from 1 to 10000")]
    [InlineData("?from=noon", "parameter 'from': 'noon' is neither")]
    [InlineData("?after=xyz", "parameter 'after': 'xyz' is not a cursor")]
    [InlineData("?servce=a", "there is no parameter 'servce'")]
    [InlineData("?service=a&service=b", "parameter 'service' is given 2 times")]
    [InlineData("?from=2&to=1", "The time range ends before it begins.")]
    public async Task A_mistake_is_answered_with_400_and_its_name(string query, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger("/api/clew/traces" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith($$"""{"error":"{{message}}""", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_503()
    {
        await using ApiServer server = await ApiServer.StartAsync(new UnavailableStore());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Jaeger("/api/clew/traces")).Status);
    }

    [Fact]
    public void A_cursor_comes_back_as_it_went() => Properties.ForAll(
        from startNs in ArbMap.Default.GeneratorFor<long>() from id in SpanGen.TraceId select new TraceCursor(startNs, id),
        static cursor =>
        {
            Assert.True(TraceCursorText.TryParse(TraceCursorText.Format(cursor), out TraceCursor parsed));
            Assert.Equal(cursor, parsed);
        });

    private static async Task<(string[] Lines, string? Next)> Page(ApiServer server, string query)
    {
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).GetAsync(new Uri("/api/clew/traces" + query, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.ToString());
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(body.Length == 0 || body.EndsWith('\n'));
        return (body.Split('\n', StringSplitOptions.RemoveEmptyEntries), response.Headers.TryGetValues("Clew-Next", out IEnumerable<string>? next) ? next.Single() : null);
    }

    private static string Text(Span span) => span.ToString();

    private static Span[] Decode(string line) =>
        SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, System.Text.Encoding.UTF8.GetBytes(line), new SpanBatchBuilder()));

    private sealed class UnavailableStore() : ForwardingStore(new MemoryStore())
    {
        public override ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken) => throw new StoreUnavailableException("closed");
    }
}
