using System.Diagnostics;
using System.Text.RegularExpressions;
using Clew.Model;
using Clew.TestKit;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Jaeger;
using Clew.Tracing.Tests.Exporters;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Span = Clew.Model.Span;
using SpanKind = Clew.Model.SpanKind;
using StatusCode = Clew.Model.StatusCode;

namespace Clew.Tracing.Tests.Migration;

/// <summary>docs/migrate: its code compiles, and what it says is kept is kept.</summary>
public sealed partial class MigrationGuideTests
{
    public static TheoryData<string> Guides => [.. Directory.GetFiles(Path.Combine(Fixtures.RepositoryRoot, "docs", "migrate"), "*.md").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_block_of_code_is_compiled(string guide)
    {
        string compiled = Words(File.ReadAllText(Path.Combine(Fixtures.RepositoryRoot, "tests", "Clew.Tracing.Tests", "Migration", "Snippets.cs")));
        string text = File.ReadAllText(Path.Combine(Fixtures.RepositoryRoot, "docs", "migrate", guide));

        MatchCollection blocks = Block().Matches(text);

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Words(block.Groups["code"].Value), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Tags_logs_references_baggage_and_errors_of_an_OpenTracing_program_reach_the_model()
    {
        var exporter = new InMemoryExporter();
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder().AddSource(Snippets.SourceName);
        Snippets.BaggageTags(builder);
        var first = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var second = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using (TracerProvider provider = builder.AddClewInMemoryExporter(exporter).Build())
        {
            Snippets.Spans();
            Snippets.References(first, second);
            Snippets.BaggageOfASpan();
        }
        using var encoder = new JaegerRequestEncoder(Activities.Resource);
        foreach (Activity activity in exporter.Spans)
            encoder.Add(activity);
        Dictionary<string, Span> spans = Decoded.Spans(BatchFormat.JaegerThriftBinaryBatch, encoder.Finish().Written).ToDictionary(span => span.Name);

        Span charge = spans["charge"];
        Assert.Equal((SpanKind.Client, StatusCode.Error, "The bank does not answer."), (charge.Kind, charge.Status, charge.StatusMessage));
        Assert.Equal(42, charge.Value("order.id").AsInt64());
        Assert.Equal(["retry", "exception"], charge.Events.Select(item => item.Name));
        Assert.Equal(2, charge.Events[0].Attributes.Single(item => item.Key == "attempt").Value.AsInt64());
        Assert.Equal(
            [(first.SpanId.ToHexString(), "follows_from"), (second.SpanId.ToHexString(), "child_of")],
            spans["join"].Links.Select(link => (link.SpanId.ToString(), link.Attributes.Single(item => item.Key == "opentracing.ref_type").Value.AsString())));
        Assert.Equal("t1", spans["inside"].Value("tenant").AsString());
    }

    [Fact]
    public void Spans_of_the_other_guides_are_made_as_they_say()
    {
        var exporter = new InMemoryExporter();
        using (Sdk.CreateTracerProviderBuilder().AddSource(Snippets.SourceName).AddClewInMemoryExporter(exporter).Build())
        {
            Snippets.ZipkinCall();
            Snippets.SkyApm();
        }

        Activity call = exporter.Spans.Single(span => span.DisplayName == "get book");
        Assert.Equal("cache miss", Assert.Single(call.Events).Name);
        Activity entry = exporter.Spans.Single(span => span.DisplayName == "/orders/{id}");
        Assert.All(exporter.Spans.Where(span => span.DisplayName is "price" or "SELECT"), span => Assert.Equal(entry.SpanId, span.ParentSpanId));
    }

    // Indentation and line ends differ.
    private static string Words(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
