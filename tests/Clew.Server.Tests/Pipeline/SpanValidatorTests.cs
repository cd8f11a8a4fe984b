using System.Text;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Pipeline;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Pipeline;

public class SpanValidatorTests
{
    private static readonly TraceId Trace = new(1, 2);
    private static readonly Span Good = new() { TraceId = Trace, SpanId = new SpanId(7), Name = "good", StartNs = SpanGen.BaseNs, DurationNs = 5 };

    [Fact]
    public void Spans_without_ids_or_with_impossible_times_are_removed_and_the_others_keep_their_order()
    {
        (Span[] kept, ValidationResult result) = Validate(
            Good with { Name = "first" },
            Good with { TraceId = default },
            Good with { SpanId = default },
            Good with { SpanId = default },
            Good with { Name = "middle" },
            Good with { StartNs = -1 },
            Good with { StartNs = long.MaxValue - 4, DurationNs = 5 },
            Good with { Name = "last", StartNs = long.MaxValue - 5, DurationNs = 5 });

        Assert.Equal(["first", "middle", "last"], kept.Select(span => span.Name));
        Assert.Equal(5, result.Rejected);
        Assert.Equal(
            "rejected 1 span with a trace id of zeros only, 2 spans with a span id of zeros only, 2 spans with a time outside 1970 to 2262",
            result.RejectText());
    }

    [Fact]
    public void Nothing_rejected_has_no_text() => Assert.Null(Validate(Good).Result.RejectText());

    [Fact]
    public void An_end_before_the_start_becomes_a_marked_duration_of_zero()
    {
        (Span[] kept, ValidationResult result) = Validate(Good with { DurationNs = -3 });

        Assert.Equal(Good with { DurationNs = 0, Traits = SpanTraits.NegativeDuration }, Assert.Single(kept));
        Assert.Equal(1, result.Cut(CutReason.NegativeDuration));
    }

    [Fact]
    public void More_attributes_events_and_links_than_allowed_are_cut_and_counted_on_the_span()
    {
        var limits = new LimitOptions { AttributesPerSpanMax = 2, EventsPerSpanMax = 1, LinksPerSpanMax = 1 };
        Span span = Good with
        {
            Attributes = Attributes(5),
            DroppedAttributesCount = 10,
            Events = new([new SpanEvent(1, "a") { Attributes = Attributes(3) }, new SpanEvent(2, "b")]),
            Links = new([new SpanLink(Trace, new SpanId(1)) { Attributes = Attributes(4), DroppedAttributesCount = 1 }, new SpanLink(Trace, new SpanId(2))]),
        };

        (Span[] kept, ValidationResult result) = Validate(limits, span);

        Span cut = Assert.Single(kept);
        Assert.Equal(Attributes(2), cut.Attributes);
        Assert.Equal(13u, cut.DroppedAttributesCount);
        Assert.Equal((1u, 1u), (cut.DroppedEventsCount, cut.DroppedLinksCount));
        Assert.Equal(1u, Assert.Single(cut.Events.ToArray()).DroppedAttributesCount);
        Assert.Equal(3u, Assert.Single(cut.Links.ToArray()).DroppedAttributesCount);
        Assert.Equal((1, 1, 1), (result.Cut(CutReason.Attributes), result.Cut(CutReason.Events), result.Cut(CutReason.Links)));
    }

    [Fact]
    public void A_dropped_count_at_its_largest_value_stays_there()
    {
        (Span[] kept, _) = Validate(
            new LimitOptions { AttributesPerSpanMax = 1 }, Good with { Attributes = Attributes(3), DroppedAttributesCount = uint.MaxValue - 1 });

        Assert.Equal(uint.MaxValue, Assert.Single(kept).DroppedAttributesCount);
    }

    [Theory]
    [InlineData("abcdef", "abcd")]
    [InlineData("abcé", "abc")]
    [InlineData("ab東x", "ab")]
    [InlineData("a😀", "a")]
    [InlineData("é😀", "é")]
    [InlineData("abcd", "abcd")]
    public void Text_is_cut_before_the_character_that_does_not_fit(string text, string expected)
    {
        (Span[] kept, _) = Validate(new LimitOptions { NameBytesMax = 4, ValueBytesMax = 4 }, Good with { Name = text, StatusMessage = text });

        Span span = Assert.Single(kept);
        Assert.Equal((expected, expected), (span.Name, span.StatusMessage));
        Assert.Equal(text != expected, span.Traits.HasFlag(SpanTraits.Truncated));
    }

    [Fact]
    public void Long_values_are_found_at_any_depth_and_in_events_and_links()
    {
        var limits = new LimitOptions { ValueBytesMax = 3 };
        AttributeValue nested = AttributeValue.FromArray([AttributeValue.From("ok"), AttributeValue.FromKeyValues(List("deep", AttributeValue.From("longer")))]);
        AttributeValue bytes = AttributeValue.From(new byte[] { 1, 2, 3, 4 }.AsMemory());

        (Span[] kept, ValidationResult result) = Validate(
            limits,
            Good with { Attributes = List("a", nested) },
            Good with { Events = new([new SpanEvent(1, "e") { Attributes = List("b", bytes) }]) },
            Good with { Links = new([new SpanLink(Trace, new SpanId(1)) { TraceState = "k=v1" }]) },
            Good with { Attributes = List("a", AttributeValue.From("ok")) });

        Assert.Equal([true, true, true, false], kept.Select(span => span.Traits.HasFlag(SpanTraits.Truncated)));
        Assert.Equal(3, result.Cut(CutReason.Text));
        Assert.Equal(
            AttributeValue.FromArray([AttributeValue.From("ok"), AttributeValue.FromKeyValues(List("deep", AttributeValue.From("lon")))]),
            kept[0].Attributes.AsSpan()[0].Value);
        Assert.Equal([1, 2, 3], kept[1].Events.ToArray()[0].Attributes.AsSpan()[0].Value.AsBytes().ToArray());
        Assert.Equal("k=v", kept[2].Links.ToArray()[0].TraceState);
    }

    [Fact]
    public void A_long_resource_marks_the_spans_under_it_and_no_others()
    {
        var longNamed = new Resource(List(AttributeKeys.ServiceName, AttributeValue.From("a-very-long-service")));
        var shortNamed = new Resource(List(AttributeKeys.ServiceName, AttributeValue.From("svc")));

        // A key is a name as well: service.name has 12 bytes.
        (Span[] kept, _) = Validate(
            new LimitOptions { NameBytesMax = 12 }, Good with { Resource = shortNamed }, Good with { Resource = longNamed }, Good with { Resource = longNamed });

        Assert.Equal([false, true, true], kept.Select(span => span.Traits.HasFlag(SpanTraits.Truncated)));
        Assert.Equal(["svc", "a-very-long-", "a-very-long-"], kept.Select(span => span.ServiceName));
    }

    [Fact]
    public void Spans_within_the_limits_leave_as_they_came() => Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(5), spans =>
    {
        (Span[] kept, ValidationResult result) = Validate([.. spans]);
        Assert.Equal(spans, kept);
        Assert.Equal(0, result.Rejected);
    });

    [Fact]
    public void Whatever_comes_in_nothing_over_a_limit_goes_out()
    {
        var limits = new LimitOptions { AttributesPerSpanMax = 2, EventsPerSpanMax = 1, LinksPerSpanMax = 2, NameBytesMax = 12, ValueBytesMax = 5 };
        Gen<Span> anySpan =
            from span in SpanGen.OtlpSpan
            from broken in Gen.Choose(0, 4)
            select broken switch
            {
                0 => span with { TraceId = default },
                1 => span with { SpanId = default },
                2 => span with { DurationNs = -1 },
                _ => span,
            };
        Properties.ForAll(anySpan.ListUpTo(6), spans =>
        {
            (Span[] kept, ValidationResult result) = Validate(limits, [.. spans]);
            Assert.Equal(spans.Count, kept.Length + result.Rejected);
            Assert.Equal(spans.Where(span => !span.TraceId.IsZero && !span.SpanId.IsZero).Select(span => span.SpanId), kept.Select(span => span.SpanId));
            Assert.All(kept, span =>
            {
                Assert.True(span.DurationNs >= 0);
                Assert.True(Encoding.UTF8.GetByteCount(span.Name) <= limits.NameBytesMax);
                Assert.True(span.Attributes.Count <= limits.AttributesPerSpanMax);
                Assert.True(span.Events.Count <= limits.EventsPerSpanMax && span.Links.Count <= limits.LinksPerSpanMax);
                foreach (KeyValue attribute in span.Attributes.AsSpan())
                {
                    Assert.True(Encoding.UTF8.GetByteCount(attribute.Key) <= limits.NameBytesMax);
                    if (attribute.Value.Type == AttributeType.String)
                        Assert.True(Encoding.UTF8.GetByteCount(attribute.Value.AsString()) <= limits.ValueBytesMax);
                }
            });
        });
    }

    private static AttributeList Attributes(int count) =>
        new([.. Enumerable.Range(0, count).Select(i => new KeyValue($"k{i}", AttributeValue.From((long)i)))]);

    private static AttributeList List(string key, AttributeValue value) => new([new KeyValue(key, value)]);

    private static (Span[] Kept, ValidationResult Result) Validate(params Span[] spans) => Validate(new LimitOptions(), spans);

    private static (Span[] Kept, ValidationResult Result) Validate(LimitOptions limits, params Span[] spans)
    {
        SpanBatch batch = SpanWriter.WriteAll(spans, new SpanBatchBuilder());
        ValidationResult result = new SpanValidator(limits).Validate(batch);
        return (SpanReader.ReadAll(batch), result);
    }
}
