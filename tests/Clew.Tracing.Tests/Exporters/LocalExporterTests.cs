using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Clew.Model;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Otlp;
using OpenTelemetry;
using Span = Clew.Model.Span;

namespace Clew.Tracing.Tests.Exporters;

public sealed class LocalExporterTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("clew-files").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_line_of_the_file_holds_the_whole_activity()
    {
        using var encoder = new OtlpJsonLineEncoder(Activities.Resource);
        Activity activity = Activities.Full();
        encoder.Add(activity);
        encoder.Add(Activities.Plain());

        Span[] spans = Decoded.Spans(BatchFormat.OtlpJson, encoder.Finish().Written);

        Span span = spans[0];
        Assert.Equal(2, spans.Length);
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (span.TraceId.ToString(), span.SpanId.ToString()));
        Assert.Equal("8000000000000001", span.ParentSpanId.ToString());
        Assert.Equal(("GET /cart", SpanKind.Client, "a=1,b=2", 0x301u), (span.Name, span.Kind, span.TraceState, span.Flags));
        Assert.Equal((UnixTime.Ns(Activities.Start), 2_500_001_900), (span.StartNs, span.DurationNs));
        Assert.Equal((StatusCode.Error, "it broke"), (span.Status, span.StatusMessage));
        Assert.Equal((Activities.SourceName, "1.2.3"), (span.Scope.Name, span.Scope.Version));
        Assert.Equal("checkout", span.ServiceName);
        Assert.Equal(long.MinValue, span.Value("least").AsInt64());
        Assert.Equal(long.MaxValue, span.Value("most").AsInt64());
        Assert.Equal([0, 255, 7], span.Value("bytes").AsBytes().ToArray());
        Assert.Equal(["a", "b"], span.Value("list").AsArray().Select(item => item.AsString()));
        Assert.Equal(1, span.Value("map").AsKeyValues().Single().Value.AsInt64());
        SpanLink link = Assert.Single(span.Links);
        Assert.Equal(("l=1", "batch"), (link.TraceState, link.Attributes.Single().Value.AsString()));
        Assert.Equal(3, span.Events[1].Attributes.Single(item => item.Key == "n").Value.AsInt64());
    }

    [Fact]
    public void Files_roll_at_their_size_and_the_oldest_goes()
    {
        string path = Path.Combine(directory, "sub", "traces.jsonl");
        using (var exporter = new FileExporter(new FileExporterOptions { Path = path, FileBytesMax = 2_000, FilesMax = 3 }))
        {
            for (int i = 0; i < 30; i++)
                Export(exporter, Activities.Plain($"span {i}"));
        }

        string[] files = [.. Directory.GetFiles(Path.GetDirectoryName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["traces.1.jsonl", "traces.2.jsonl", "traces.jsonl"], files.Select(Path.GetFileName));
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 2_000));
        string[] names = [.. new[] { files[1], files[0], files[2] }.SelectMany(File.ReadLines)
            .SelectMany(line => Decoded.Spans(BatchFormat.OtlpJson, System.Text.Encoding.UTF8.GetBytes(line))).Select(span => span.Name)];
        Assert.Equal(Enumerable.Range(30 - names.Length, names.Length).Select(i => $"span {i}"), names);
    }

    [Fact]
    public async Task Memory_keeps_the_last_spans_and_tells_who_waits()
    {
        using var exporter = new InMemoryExporter(capacity: 2);
        Task<IReadOnlyList<Activity>> waiting = exporter.WaitAsync(spans => spans.Any(span => span.DisplayName == "c"));

        foreach (string name in new[] { "a", "b", "c" })
            Export(exporter, Activities.Plain(name));

        Assert.Equal(["b", "c"], (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).Select(span => span.DisplayName));
        Assert.Equal(1, exporter.Dropped);
        exporter.Clear();
        Assert.Empty(exporter.Spans);
    }

    [Fact]
    public void The_console_gets_one_line_a_span_without_control_characters()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var exporter = new ConsoleExporter(output);
        Activity activity = Activities.Full();
        activity.SetTag("evil", "\u001b[2J\r\n");

        Export(exporter, activity);

        string line = output.ToString();
        Assert.Equal('\n', line[^1]);
        Assert.DoesNotContain(line[..^1], char.IsControl);
        Assert.StartsWith("05:06:09.623 client   GET /cart 2500.002 ms ERROR (it broke) trace=8000000000000000ffffffffffffffff", line, StringComparison.Ordinal);
        Assert.Contains(" list=[\"a\",\"b\"]", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_reach_an_agent_and_a_span_too_large_is_counted()
    {
        using var agent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var exporter = new JaegerUdpExporter(new JaegerUdpExporterOptions { Host = "127.0.0.1", Port = ((IPEndPoint)agent.Client.LocalEndPoint!).Port });

        Assert.Equal(ExportResult.Failure, Export(exporter, Activities.Plain("small"), Activities.Plain("large", new string('x', 70_000))));

        UdpReceiveResult packet = await agent.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("small", Assert.Single(Decoded.Spans(BatchFormat.JaegerThriftCompactMessage, packet.Buffer)).Name);
        Assert.Equal((1, 1), (exporter.Counters.Sent, exporter.Counters.Dropped("too_large")));
    }

    private static ExportResult Export(BaseExporter<Activity> exporter, params Activity[] spans) => exporter.Export(new Batch<Activity>(spans, spans.Length));
}
