using System.Text.Json;
using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinRoundTripTests
{
    [Fact]
    public void What_came_through_Zipkin_leaves_through_Zipkin_with_every_field_and_nothing_added() =>
        Properties.ForAll(ZipkinSpan.ListUpTo(4), spans => Assert.Equal(spans.Select(AsZipkinWritesIt), ZipkinJson.Decode(ZipkinJson.Encode(spans))), 500);

    [Fact]
    public void Proto3_says_the_same_as_JSON_except_for_annotations_without_text() =>
        Properties.ForAll(Gen.OneOf(ZipkinSpan, SpanGen.OtlpSpan).ListUpTo(4), spans =>
        {
            IEnumerable<Span> expected = ZipkinJson.Decode(ZipkinJson.Encode(spans)).Select(static span => span with
            {
                Events = new EquatableList<SpanEvent>([.. span.Events.Where(static item => item.Name.Length > 0)]),
            });
            Assert.Equal(expected, ZipkinProto3.Decode(ZipkinProto3.Encode(spans)));
        }, 500);

    [Fact]
    public void A_span_of_any_format_is_valid_Zipkin_with_its_ids_kind_and_times() => Properties.ForAll(Gen.OneOf(SpanGen.OtlpSpan, SpanGen.ZipkinLikeSpan), span =>
    {
        Span read = Assert.Single(ZipkinJson.Decode(ZipkinJson.Encode(span)));
        Assert.Equal(span.TraceId, read.TraceId);
        Assert.Equal(span.SpanId, read.SpanId);
        Assert.Equal(span.ParentSpanId == span.SpanId ? default : span.ParentSpanId, read.ParentSpanId);
        Assert.Equal(span.Kind == SpanKind.Internal ? SpanKind.Unspecified : span.Kind, read.Kind);
        Assert.Equal(span.StartNs / 1000 * 1000, read.StartNs);
        Assert.Equal(span.DurationNs is > 0 and < 1000 ? 1000 : span.DurationNs / 1000 * 1000, read.DurationNs);
        Assert.Equal(span.Name.ToLowerInvariant(), read.Name);
        Assert.Equal((span.LocalEndpoint?.ServiceName ?? span.ServiceName).ToLowerInvariant(), read.ServiceName);
        Assert.Equal(span.IsError || (span.Attributes.Any(static item => item.Key == "error") && read.IsError), read.IsError);
        Assert.Subset(read.Attributes.Select(static item => item.Key).ToHashSet(), span.Attributes.Select(static item => item.Key).ToHashSet());
    });

    [Fact]
    public void Damaged_requests_are_refused_with_a_format_error_or_read_but_never_fail_otherwise()
    {
        byte[][] payloads = [.. Directory.GetFiles(Fixtures.Captures, "*zipkin*json*.bin").Append(Path.Combine(Fixtures.Captures, "node-zipkin-js.bin")).Select(File.ReadAllBytes)];
        string[] scraps = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "null", "true", "-1", "1e99", "\"\"", "\0", "\u00ff", "99999999999999999999"];
        Gen<(int Payload, List<(int Place, int Scrap)> Damage, int Cut)> gen =
            from payload in Gen.Choose(0, payloads.Length - 1)
            from damage in (from place in Gen.Choose(0, 10_000) from scrap in Gen.Choose(0, scraps.Length - 1) select (place, scrap)).ListUpTo(3)
            from cut in Gen.Frequency((3, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 10_000)))
            select (payload, damage, cut);
        var builder = new SpanBatchBuilder();
        Properties.ForAll(gen, sample =>
        {
            List<byte> bytes = [.. payloads[sample.Payload].Take(sample.Cut)];
            foreach ((int place, int scrap) in sample.Damage)
            {
                byte[] added = System.Text.Encoding.Latin1.GetBytes(scraps[scrap]);
                int at = place % (bytes.Count + 1);
                // Half the time in place of what stands there.
                bytes.RemoveRange(at, place % 2 == 0 ? 0 : Math.Min(added.Length, bytes.Count - at));
                bytes.InsertRange(at, added);
            }
            try
            {
                SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ZipkinV2Json, bytes.ToArray(), builder));
            }
            catch (SpanFormatException e)
            {
                Assert.InRange(e.ByteOffset, 0, bytes.Count);
            }
        }, 5000);
    }

    [Fact]
    public void What_is_written_is_one_JSON_array() =>
        Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(3), spans => Assert.Equal(spans.Count, JsonElement.Parse(ZipkinJson.Encode(spans)).GetArrayLength()));

    /// <summary>Spans with everything Zipkin can say and nothing else, as its decoder makes them.</summary>
    private static Gen<Span> ZipkinSpan { get; } =
        from span in SpanGen.ZipkinLikeSpan
        from kind in Gen.Elements(SpanKind.Unspecified, SpanKind.Server, SpanKind.Client, SpanKind.Producer, SpanKind.Consumer)
        from tags in SpanGen.List(Gen.OneOf(SpanGen.Text, SpanGen.AttributeKey), SpanGen.Text.Select(AttributeValue.From), 6)
        select FromZipkin(span with { Kind = kind, Attributes = tags });

    private static Span FromZipkin(Span span)
    {
        string? error = span.Attributes.TextOf("error");
        return new Span
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId == span.SpanId ? default : span.ParentSpanId,
            Name = span.Name,
            Kind = span.Kind,
            StartNs = span.StartNs / 1000 * 1000,
            DurationNs = span.DurationNs / 1000 * 1000,
            Status = error is null or "false" ? StatusCode.Unset : StatusCode.Error,
            StatusMessage = error is null or "false" or "true" ? "" : error,
            Traits = span.Kind == SpanKind.Client ? span.Traits & ~SpanTraits.Shared : span.Traits,
            Resource = ResourceOf(span.LocalEndpoint?.ServiceName),
            Attributes = new AttributeList([.. span.Attributes.DistinctBy(static item => item.Key)]),
            Events = new EquatableList<SpanEvent>([.. span.Events.Select(static item => new SpanEvent(item.TimeNs / 1000 * 1000, item.Name))]),
            LocalEndpoint = span.LocalEndpoint,
            RemoteEndpoint = span.RemoteEndpoint,
        };
    }

    private static Span AsZipkinWritesIt(Span span) => span with
    {
        Name = span.Name.ToLowerInvariant(),
        LocalEndpoint = LowerCased(span.LocalEndpoint),
        RemoteEndpoint = LowerCased(span.RemoteEndpoint),
        Resource = ResourceOf(span.LocalEndpoint?.ServiceName?.ToLowerInvariant()),
        Attributes = new AttributeList([.. span.Attributes.OrderBy(static item => item.Key, StringComparer.Ordinal)]),
        Events = new EquatableList<SpanEvent>([.. span.Events.Distinct().OrderBy(static item => item.TimeNs).ThenBy(static item => item.Name, StringComparer.Ordinal)]),
    };

    private static Endpoint? LowerCased(Endpoint? endpoint) => endpoint is null ? null : endpoint with { ServiceName = endpoint.ServiceName?.ToLowerInvariant() };

    private static Resource ResourceOf(string? serviceName) => serviceName is null
        ? Resource.None
        : new Resource(new AttributeList(new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(serviceName))));
}
