using System.Net.Http.Headers;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.TestKit;

namespace Clew.Server.Tests.Golden;

/// <summary>
/// Whole answers of every query API, compared with files that were checked by hand against the descriptions of the APIs. With CLEW_TEST_GOLDEN=write the files are
/// written instead: look at the difference before you commit it.
/// </summary>
public sealed class GoldenAnswerTests(GoldenServer server) : IClassFixture<GoldenServer>
{
    private const string Zipkin1 = "12c5b7afd2ef64a9";
    private const string Otlp1 = "c8112f673fe82ee80a94c5d34719df64";
    private const string Jaeger1 = "680e69cdeef1a6c0";
    private const string Window = "query.startTimeMin=2026-11-20T11:00:00Z&query.startTimeMax=2026-11-20T12:00:00Z";

    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("CLEW_TEST_GOLDEN") == "write";

    private static string Folder => Path.Combine(Fixtures.RepositoryRoot, "tests", "Clew.Server.Tests", "Golden", "Answers");

    [Theory]
    [InlineData("jaeger-services", "/api/services")]
    [InlineData("jaeger-service-operations", "/api/services/usercenter-api/operations")]
    [InlineData("jaeger-operations", "/api/operations?service=usercenter-api")]
    [InlineData("jaeger-operations-of-kind", "/api/operations?service=book-client&spanKind=client")]
    [InlineData("jaeger-operations-without-service", "/api/operations")]
    [InlineData("jaeger-trace-of-zipkin", "/api/traces/" + Zipkin1)]
    [InlineData("jaeger-trace-of-zipkin-raw", "/api/traces/" + Zipkin1 + "?raw=true")]
    [InlineData("jaeger-trace-of-otlp", "/api/traces/" + Otlp1)]
    [InlineData("jaeger-trace-of-jaeger", "/api/traces/" + Jaeger1)]
    [InlineData("jaeger-trace-missing", "/api/traces/1")]
    [InlineData("jaeger-trace-malformed", "/api/traces/ghost")]
    [InlineData("jaeger-search-by-tag", "/api/traces?service=user_agent_client&operation=%2Fpb.User%2FLogin&tags=%7B%22error%22%3A%22true%22%7D&limit=5&lookback=1h")]
    [InlineData("jaeger-search-empty", "/api/traces?service=usercenter-rpc&minDuration=10s")]
    [InlineData("jaeger-search-malformed", "/api/traces?service=a&minDuration=5")]
    [InlineData("jaeger-traces-by-id", "/api/traces?traceID=" + Jaeger1 + "&traceID=1")]
    [InlineData("jaeger-dependencies", "/api/dependencies")]
    [InlineData("jaeger-dependencies-of-service", "/api/dependencies?endTs=1795176000000&lookback=3600000&service=usercenter-rpc")]
    [InlineData("jaeger-unknown", "/api/nothing")]
    [InlineData("jaeger-metrics-calls", "/api/metrics/calls?service=usercenter-rpc&service=user_agent_server&endTs=1795172580000&lookback=120000&step=60000&ratePer=60000")]
    [InlineData("jaeger-metrics-errors", "/api/metrics/errors?service=usercenter-rpc&groupByOperation=true&endTs=1795172580000&lookback=120000&step=60000&ratePer=120000")]
    [InlineData("jaeger-metrics-latencies", "/api/metrics/latencies?service=book-server&quantile=0.5&groupByOperation=true&endTs=1795172580000&lookback=60000&step=60000&ratePer=600000")]
    [InlineData("jaeger-metrics-minstep", "/api/metrics/minstep")]
    [InlineData("jaeger-metrics-malformed", "/api/metrics/latencies?service=a")]
    [InlineData("jaeger-v3-services", "/api/v3/services")]
    [InlineData("jaeger-v3-operations", "/api/v3/operations?service=usercenter-api")]
    [InlineData("jaeger-v3-trace-of-otlp", "/api/v3/traces/" + Otlp1)]
    [InlineData("jaeger-v3-trace-of-jaeger", "/api/v3/traces/" + Jaeger1)]
    [InlineData("jaeger-v3-trace-of-zipkin-raw", "/api/v3/traces/" + Zipkin1 + "?rawTraces=true")]
    [InlineData("jaeger-v3-search", "/api/v3/traces?" + Window + "&query.serviceName=user_agent_client&query.attributes=%7B%22error%22%3A%22true%22%7D")]
    [InlineData("jaeger-v3-search-empty", "/api/v3/traces?" + Window + "&query.serviceName=nobody")]
    [InlineData("jaeger-v3-search-malformed", "/api/v3/traces?query.serviceName=a")]
    [InlineData("jaeger-v3-summaries", "/api/v3/trace-summaries?" + Window)]
    [InlineData("clew-traces", "/api/clew/traces?service=user_agent_client&limit=1")]
    [InlineData("clew-traces-malformed", "/api/clew/traces?servce=a")]
    public Task The_query_listener_answers(string name, string path) => AssertAsync(name, ListenerRole.Query, HttpMethod.Get, path);

    [Theory]
    [InlineData("zipkin-services", "/api/v2/services")]
    [InlineData("zipkin-spans", "/api/v2/spans?serviceName=Book-Client")]
    [InlineData("zipkin-spans-without-service", "/api/v2/spans")]
    [InlineData("zipkin-remote-services", "/api/v2/remoteServices?serviceName=acc-zipkin-js-capture-shop")]
    [InlineData("zipkin-trace-of-zipkin", "/zipkin/api/v2/trace/" + Zipkin1)]
    [InlineData("zipkin-trace-of-otlp", "/api/v2/trace/" + Otlp1)]
    [InlineData("zipkin-trace-of-jaeger", "/api/v2/trace/" + Jaeger1)]
    [InlineData("zipkin-trace-missing", "/api/v2/trace/1")]
    [InlineData("zipkin-trace-malformed", "/api/v2/trace/ghost")]
    [InlineData("zipkin-search", "/api/v2/traces?serviceName=book-server&spanName=%2FBookService%2FGetBookList&minDuration=13000&endTs=1795176000000&lookback=3600000&limit=1")]
    [InlineData("zipkin-search-by-annotation", "/api/v2/traces?annotationQuery=error%20and%20t.int%3D-42&endTs=1795176000000")]
    [InlineData("zipkin-search-empty", "/api/v2/traces?serviceName=nobody")]
    [InlineData("zipkin-search-malformed", "/api/v2/traces?maxDuration=5")]
    [InlineData("zipkin-trace-many", "/api/v2/traceMany?traceIds=5ac8f0760c654de1,000000000000000012c5b7afd2ef64a9,2")]
    [InlineData("zipkin-trace-many-of-one", "/api/v2/traceMany?traceIds=1")]
    [InlineData("zipkin-dependencies", "/api/v2/dependencies?endTs=1795176000000&lookback=3600000")]
    [InlineData("zipkin-dependencies-without-end", "/api/v2/dependencies")]
    [InlineData("zipkin-autocomplete-keys", "/api/v2/autocompleteKeys")]
    [InlineData("zipkin-autocomplete-values", "/api/v2/autocompleteValues?key=sampler.type")]
    [InlineData("zipkin-autocomplete-values-without-key", "/api/v2/autocompleteValues?key=")]
    [InlineData("zipkin-config", "/zipkin/config.json")]
    [InlineData("zipkin-health", "/health")]
    [InlineData("zipkin-metrics", "/metrics")]
    public Task The_zipkin_listener_answers(string name, string path) => AssertAsync(name, ListenerRole.Zipkin, HttpMethod.Get, path);

    [Fact]
    public Task An_uploaded_file_is_answered() =>
        AssertAsync("jaeger-transform", ListenerRole.Query, HttpMethod.Post, "/api/transform", Capture.Read("node-otlp-http-json.bin"));

    [Fact]
    public Task Archiving_is_answered() => AssertAsync("jaeger-archive", ListenerRole.Query, HttpMethod.Post, "/api/archive/" + Zipkin1);

    [Fact]
    public void Every_golden_file_belongs_to_a_request()
    {
        HashSet<string> asked = ["jaeger-transform", "jaeger-archive"];
        foreach (string test in new[] { nameof(The_query_listener_answers), nameof(The_zipkin_listener_answers) })
        {
            foreach (InlineDataAttribute data in typeof(GoldenAnswerTests).GetMethod(test)!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
                asked.Add((string)data.GetData(null!).Single()[0]);
        }
        Assert.Equal(asked.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    private async Task AssertAsync(string name, ListenerRole role, HttpMethod method, string path, byte[]? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await server.Client(role).SendAsync(request);
        string actual = await GoldenText.OfAsync($"{method} {path}", response);
        string file = Path.Combine(Folder, name + ".json");
        if (IsWriting)
            await File.WriteAllTextAsync(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; CLEW_TEST_GOLDEN=write makes it:\n{actual}");
        Assert.Equal(await File.ReadAllTextAsync(file), actual);
    }
}
