using System.Diagnostics;
using System.Text.Json;
using Clew.Model;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Zipkin;
using Span = Clew.Model.Span;

namespace Clew.Tracing.Tests.Exporters;

public sealed class ZipkinRequestEncoderTests : IDisposable
{
    private readonly ZipkinRequestEncoder encoder = new(Activities.Resource);

    public void Dispose() => encoder.Dispose();

    [Fact]
    public void A_full_activity_comes_out_of_the_servers_decoder()
    {
        Activity activity = Activities.Full();

        Span span = Assert.Single(Decode(activity));

        Assert.Equal(activity.TraceId.ToHexString(), span.TraceId.ToString());
        Assert.Equal(activity.SpanId.ToHexString(), span.SpanId.ToString());
        Assert.Equal("8000000000000001", span.ParentSpanId.ToString());
        Assert.Equal("GET /cart", span.Name);
        Assert.Equal(SpanKind.Client, span.Kind);
        Assert.Equal(UnixTime.Ns(Activities.Start) / 1000 * 1000, span.StartNs);
        Assert.Equal(2_500_001_000, span.DurationNs);
        Assert.Equal("checkout", span.ServiceName);
        Assert.Equal("10.1.2.3", span.RemoteEndpoint!.Ipv4!.ToString());
        Assert.Equal(8080, span.RemoteEndpoint.Port);
        Assert.Equal(StatusCode.Error, span.Status);
        Assert.Equal("it broke", span.StatusMessage);
        Assert.Equal("größe \"x\"\n", span.Text("text"));
        Assert.Equal("true", span.Text("yes"));
        Assert.Equal("-9223372036854775808", span.Text("least"));
        Assert.Equal("9223372036854775807", span.Text("most"));
        Assert.Equal("18446744073709551615", span.Text("beyond"));
        Assert.Equal("0.5", span.Text("half"));
        Assert.Equal("AP8H", span.Text("bytes"));
        Assert.Equal("""["a","b"]""", span.Text("list"));
        Assert.Equal("[1,-2]", span.Text("numbers"));
        Assert.Equal("""{"k":1}""", span.Text("map"));
        Assert.DoesNotContain(span.Attributes, item => item.Key == "absent");
        Assert.Equal("ERROR", span.Text("otel.status_code"));
        Assert.Equal(Activities.SourceName, span.Text("otel.scope.name"));
        Assert.Equal("1.2.3", span.Text("otel.scope.version"));
        Assert.Equal("node \"1\"", span.Text("host.name"));
        Assert.Equal(["plain", "\"rich\": {\"n\":3,\"s\":\"x\"}"], span.Events.Select(item => item.Name));
        Assert.Equal(span.StartNs + 1_000_000, span.Events[0].TimeNs);
    }

    [Theory]
    [InlineData(ActivityKind.Server, SpanKind.Server)]
    [InlineData(ActivityKind.Producer, SpanKind.Producer)]
    [InlineData(ActivityKind.Consumer, SpanKind.Consumer)]
    [InlineData(ActivityKind.Internal, SpanKind.Unspecified)]
    public void Kinds_are_Zipkins_words_and_internal_is_none(ActivityKind kind, SpanKind expected)
    {
        Assert.Equal(expected, Assert.Single(Decode(Activities.Full(kind))).Kind);
    }

    [Fact]
    public void A_span_that_says_little_is_written_without_what_it_lacks()
    {
        Span span = Assert.Single(Decode(Activities.Plain()));

        Assert.True(span.ParentSpanId.IsZero);
        Assert.Equal(StatusCode.Unset, span.Status);
        Assert.Null(span.RemoteEndpoint);
        Assert.Empty(span.Events);
    }

    [Fact]
    public void A_tag_of_the_span_replaces_the_resources_of_that_name()
    {
        Activity activity = Activities.Full();
        activity.SetTag("host.name", "other");

        Assert.Equal("other", Assert.Single(Decode(activity)).Text("host.name"));
    }

    [Fact]
    public void A_span_whose_tag_throws_is_left_out_and_the_others_stay()
    {
        Activity bad = Activities.Plain();
        bad.SetTag("bad", new Throws());

        encoder.Add(Activities.Plain("first"));
        Assert.Equal("unreadable", SpanEncoding.TryAdd(encoder, bad));
        encoder.Add(Activities.Plain("second"));

        Assert.Equal(["first", "second"], Decoded.Spans(BatchFormat.ZipkinV2Json, encoder.Finish().Written).Select(span => span.Name));
    }

    [Fact]
    public void A_collection_that_contains_itself_ends()
    {
        var endless = new List<object>();
        endless.Add(endless);
        Activity activity = Activities.Plain();
        activity.SetTag("endless", endless);

        Assert.Contains("nested too deeply", Assert.Single(Decode(activity)).Text("endless"), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_JSON_lacks_are_named()
    {
        Activity activity = Activities.Plain();
        activity.SetTag("nan", double.NaN);
        activity.SetTag("list", new[] { double.NegativeInfinity });

        Span span = Assert.Single(Decode(activity));

        Assert.Equal("NaN", span.Text("nan"));
        Assert.Equal("""["-Infinity"]""", span.Text("list"));
    }

    [Fact]
    public void Text_of_half_a_surrogate_pair_is_still_JSON()
    {
        Activity activity = Activities.Plain("broken \ud800 name");
        activity.SetTag("half", "\udfff");

        encoder.Add(activity);

        using JsonDocument json = JsonDocument.Parse(encoder.Finish().Written.ToArray());
        Assert.Equal("broken \ufffd name", json.RootElement[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_resource_without_a_name_gets_OpenTelemetrys()
    {
        using var nameless = new ZipkinRequestEncoder(new ExportedResource(OpenTelemetry.Resources.Resource.Empty));
        nameless.Add(Activities.Plain());

        Assert.Equal("unknown_service", Assert.Single(Decoded.Spans(BatchFormat.ZipkinV2Json, nameless.Finish().Written)).ServiceName);
    }

    private Span[] Decode(Activity activity)
    {
        encoder.Add(activity);
        return Decoded.Spans(BatchFormat.ZipkinV2Json, encoder.Finish().Written);
    }

    private sealed class Throws
    {
        public override string ToString() => throw new InvalidOperationException("not now");
    }
}
