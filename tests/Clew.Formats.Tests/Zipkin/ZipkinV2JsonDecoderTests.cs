using System.Net;
using System.Text;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinV2JsonDecoderTests
{
    [Fact]
    public void A_full_span_is_read()
    {
        Span span = Assert.Single(ZipkinJson.Decode("""
            [{"traceId":"7180c278b62e8f6a216a2aea45d08fc9","parentId":"6b221d5bc9e6496c","id":"5b4185666d50f68b","name":"Get /Api","kind":"SERVER",
              "timestamp":1472470996199000,"duration":207000,
              "localEndpoint":{"serviceName":"Frontend","ipv4":"127.0.0.1","port":80},
              "remoteEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","ipv6":"2001:db8::c001","port":9000},
              "annotations":[{"timestamp":1472470996238000,"value":"foo"},{"timestamp":1472470996403000,"value":"bar"}],
              "tags":{"http.path":"/api","clnt/finagle.version":"6.45.0"},"debug":true,"shared":true}]
            """));

        Assert.Equal(TraceId.Parse("7180c278b62e8f6a216a2aea45d08fc9"), span.TraceId);
        Assert.Equal(SpanId.Parse("6b221d5bc9e6496c"), span.ParentSpanId);
        Assert.Equal(SpanId.Parse("5b4185666d50f68b"), span.SpanId);
        Assert.Equal("Get /Api", span.Name);
        Assert.Equal(SpanKind.Server, span.Kind);
        Assert.Equal(1472470996199000_000, span.StartNs);
        Assert.Equal(207000_000, span.DurationNs);
        Assert.Equal("Frontend", span.ServiceName);
        Assert.Equal(new Endpoint("Frontend", IPAddress.Loopback, null, 80), span.LocalEndpoint);
        Assert.Equal(new Endpoint("backend", IPAddress.Parse("192.168.99.101"), IPAddress.Parse("2001:db8::c001"), 9000), span.RemoteEndpoint);
        Assert.Equal([new SpanEvent(1472470996238000_000, "foo"), new SpanEvent(1472470996403000_000, "bar")], span.Events);
        Assert.Equal(["http.path=/api", "clnt/finagle.version=6.45.0"], span.Attributes.Select(static item => item.ToString()));
        Assert.Equal(SpanTraits.Debug | SpanTraits.Shared, span.Traits);
        Assert.Equal(StatusCode.Unset, span.Status);
        Assert.Equal(["service.name=Frontend"], span.Resource.Attributes.Select(static item => item.ToString()));
        Assert.Equal(Scope.None, span.Scope);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[ ]")]
    [InlineData(" \r\n\t[ ] \n")]
    [InlineData("\uFEFF[]")]
    [InlineData("\uFEFF \n[]")]
    public void An_empty_list_is_read_whatever_white_space_or_mark_stands_around(string json) => Assert.Empty(ZipkinJson.Decode(json));

    [Fact]
    public void Text_after_a_byte_order_mark_is_sliced_where_it_stands()
    {
        Span span = Assert.Single(ZipkinJson.Decode("""﻿[{"traceId":"a","id":"b","name":"get","tags":{"k":"v"}}]"""));
        Assert.Equal("get", span.Name);
        Assert.Equal("v", span.Attributes.TextOf("k"));
    }

    [Theory]
    [InlineData("1", "00000000000000000000000000000001")]
    [InlineData("463ac35c9f6413ad", "0000000000000000463ac35c9f6413ad")]
    [InlineData("463AC35C9F6413AD", "0000000000000000463ac35c9f6413ad")]
    [InlineData("1463ac35c9f6413ad", "0000000000000001463ac35c9f6413ad")]
    [InlineData("0000000000000000463ac35c9f6413ad", "0000000000000000463ac35c9f6413ad")]
    [InlineData("48485a3953bb61246b221d5bc9e6496c", "48485a3953bb61246b221d5bc9e6496c")]
    public void Trace_ids_of_any_length_and_case_are_normalised(string sent, string expected) =>
        Assert.Equal(expected, Assert.Single(ZipkinJson.Decode($$"""[{"traceId":"{{sent}}","id":"1"}]""")).TraceId.ToString());

    [Theory]
    [InlineData("\"parentId\":\"0000000000000000\"")]
    [InlineData("\"parentId\":\"0\"")]
    [InlineData("\"parentId\":\"2\"")]
    [InlineData("\"parentId\":null")]
    public void A_zero_own_or_null_parent_makes_a_root(string member) => Assert.True(ZipkinJson.DecodeMembers(member).ParentSpanId.IsZero);

    [Theory]
    [InlineData("CLIENT", SpanKind.Client)]
    [InlineData("SERVER", SpanKind.Server)]
    [InlineData("PRODUCER", SpanKind.Producer)]
    [InlineData("CONSUMER", SpanKind.Consumer)]
    public void Kinds_are_read(string word, SpanKind kind) => Assert.Equal(kind, ZipkinJson.DecodeMembers($"\"kind\":\"{word}\"").Kind);

    [Fact]
    public void A_client_span_is_never_shared() => Assert.Equal(SpanTraits.None, ZipkinJson.DecodeMembers("\"shared\":true,\"kind\":\"CLIENT\"").Traits);

    [Fact]
    public void Null_top_level_and_endpoint_fields_are_ignored()
    {
        Span span = ZipkinJson.DecodeMembers("""
            "parentId":null,"kind":null,"name":null,"timestamp":null,"duration":null,"localEndpoint":null,"annotations":null,"tags":null,"debug":null,"shared":null,
            "binaryAnnotations":null,"remoteEndpoint":{"serviceName":null,"ipv4":null,"ipv6":null,"port":null}
            """);
        Assert.Null(span.LocalEndpoint);
        Assert.Null(span.RemoteEndpoint);
        Assert.Equal(new Span { TraceId = new TraceId(0, 1), SpanId = new SpanId(2) }, span);
    }

    [Theory]
    [InlineData("1472470996199000")]
    [InlineData("\"1472470996199000\"")]
    [InlineData("1472470996199000.0")]
    [InlineData("1.472470996199E15")]
    [InlineData("1.472470996199e+15")]
    public void A_timestamp_may_be_written_as_any_whole_number(string timestamp) =>
        Assert.Equal(1472470996199000_000, ZipkinJson.DecodeMembers($"\"timestamp\":{timestamp}").StartNs);

    [Theory]
    [InlineData("\"timestamp\":0,\"duration\":0")]
    [InlineData("\"timestamp\":-1,\"duration\":-5")]
    public void Times_of_zero_or_less_count_as_absent(string members)
    {
        Span span = ZipkinJson.DecodeMembers(members);
        Assert.Equal(0, span.StartNs);
        Assert.Equal(0, span.DurationNs);
    }

    [Theory]
    [InlineData("\"error\":\"card declined\"", StatusCode.Error, "card declined")]
    [InlineData("\"error\":\"\"", StatusCode.Error, "")]
    [InlineData("\"error\":\"true\"", StatusCode.Error, "")]
    [InlineData("\"error\":true_as_number", StatusCode.Error, "500")]
    [InlineData("\"error\":\"false\"", StatusCode.Unset, "")]
    [InlineData("\"errors\":\"1\"", StatusCode.Unset, "")]
    public void An_error_tag_is_the_status_and_stays_a_tag(string tag, StatusCode status, string message)
    {
        Span span = ZipkinJson.DecodeMembers($$"""  "tags":{ {{tag.Replace("true_as_number", "500")}} } """);
        Assert.Equal(status, span.Status);
        Assert.Equal(message, span.StatusMessage);
        Assert.Single(span.Attributes);
    }

    [Fact]
    public void Tags_keep_their_order_and_repeated_keys()
    {
        Span span = ZipkinJson.DecodeMembers("""  "tags":{"b":"1","a":"2","b":"3","n":1.50} """);
        Assert.Equal(["b=1", "a=2", "b=3", "n=1.50"], span.Attributes.Select(static item => item.ToString()));
    }

    [Fact]
    public void Fields_that_come_twice_or_apart_belong_to_their_span()
    {
        Span[] spans = ZipkinJson.Decode("""
            [{"tags":{"a":"1"},"annotations":[{"timestamp":1,"value":"x"}],"traceId":"1","tags":{"b":"2"},"id":"1","annotations":[{"timestamp":2,"value":"y"}]},
             {"traceId":"1","id":"2","tags":{"c":"3"}}]
            """);
        Assert.Equal(["a=1", "b=2"], spans[0].Attributes.Select(static item => item.ToString()));
        Assert.Equal(["x", "y"], spans[0].Events.Select(static item => item.Name));
        Assert.Equal(["c=3"], spans[1].Attributes.Select(static item => item.ToString()));
        Assert.Empty(spans[1].Events);
    }

    [Fact]
    public void Unknown_fields_are_skipped_whatever_they_hold()
    {
        Span span = ZipkinJson.DecodeMembers("""
            "x":{"traceId":"f","deep":[[{"id":[]}]]},"y":[1,2],"localEndpoint":{"serviceName":"a","z":[{}],"ipv4":"1.2.3.4"},"annotations":[{"endpoint":{"serviceName":"b"},"timestamp":1,"value":"v"}],"name":"n"
            """);
        Assert.Equal("n", span.Name);
        Assert.Equal(new Endpoint("a", IPAddress.Parse("1.2.3.4"), null, 0), span.LocalEndpoint);
        Assert.Equal([new SpanEvent(1000, "v")], span.Events);
    }

    [Theory]
    [InlineData("""\"quoted\" \\ \/ back""", "\"quoted\" \\ / back")]
    [InlineData("""\b\f\n\r\t\u0000\u001f""", "\b\f\n\r\t\0\u001f")]
    [InlineData("""\u2028 \u6771\u4eac Gr\u00fc\u00dfe""", "\u2028 東京 Grüße")]
    [InlineData("""\ud83d\ude00!""", "😀!")]
    [InlineData("""cut \ud83d""", "cut \uFFFD")]
    [InlineData("""\ude00\ud83d\ud83d\ude00""", "\uFFFD\uFFFD😀")]
    [InlineData("""\ud83d\n""", "\uFFFD\n")]
    public void Escapes_are_taken_out_and_halves_of_pairs_replaced(string escaped, string expected)
    {
        Span span = ZipkinJson.DecodeMembers($$$"""  "name":"{{{escaped}}}","tags":{"{{{escaped}}}":"{{{escaped}}}"} """);
        Assert.Equal(expected, span.Name);
        Assert.Equal(expected, span.Attributes.TextOf(expected));
    }

    [Fact]
    public void Escaped_property_names_are_recognised()
    {
        Span span = Assert.Single(ZipkinJson.Decode("""[{"\u0074raceId":"\u0031","\u0069\u0064":"2","\u006eame":"n","localEndpoint":{"\u0070ort":1}}]"""));
        Assert.Equal(new TraceId(0, 1), span.TraceId);
        Assert.Equal("n", span.Name);
        Assert.Equal(new Endpoint(null, null, null, 1), span.LocalEndpoint);
    }

    [Fact]
    public void Spans_of_one_service_share_a_resource_and_an_endpoint()
    {
        var builder = new SpanBatchBuilder();
        string endpoint = """{"serviceName":"web","ipv4":"10.0.0.1"}""";
        string json = $"[{string.Join(',', Enumerable.Range(1, 500).Select(id => $$"""{"traceId":"1","id":"{{id}}","localEndpoint":{{endpoint}}}"""))}]";
        SpanBatch batch = SpanDecoder.Decode(BatchFormat.ZipkinV2Json, Encoding.UTF8.GetBytes(json), builder);
        Assert.Equal(500, batch.Spans.Count);
        // Beside the empty row 0.
        Assert.Equal(2, batch.Resources.Count);
        Assert.Equal(2, batch.Endpoints.Count);
    }

    [Fact]
    public void A_warm_decoder_allocates_nothing()
    {
        byte[] payload = File.ReadAllBytes(Path.Combine(TestKit.Fixtures.Captures, "node-zipkin-js.bin"));
        var builder = new SpanBatchBuilder();
        SpanDecoder.Decode(BatchFormat.ZipkinV2Json, payload, builder);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 100; i++)
                SpanDecoder.Decode(BatchFormat.ZipkinV2Json, payload, builder);
        }));
    }

    [Fact]
    public void A_builder_that_was_refused_one_payload_reads_the_next()
    {
        var builder = new SpanBatchBuilder();
        Assert.Throws<SpanFormatException>(() => SpanDecoder.Decode(BatchFormat.ZipkinV2Json, """[{"traceId":"1","id":"2","tags":{"a":"b"}},{"id":true}]"""u8.ToArray(), builder));
        Span span = Assert.Single(SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ZipkinV2Json, """[{"traceId":"1","id":"2"}]"""u8.ToArray(), builder)));
        Assert.Empty(span.Attributes);
    }
}
