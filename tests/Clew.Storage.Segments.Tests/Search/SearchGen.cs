using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Generators;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

/// <summary>Spans and conditions that meet often, with the values on which stores come to differ from the reference.</summary>
internal static class SearchGen
{
    private static readonly AttributeValue[] Odd =
    [
        AttributeValue.From(double.NaN), AttributeValue.From(0.0), AttributeValue.From(-0.0), AttributeValue.From(0L), AttributeValue.From(double.PositiveInfinity),
        AttributeValue.From(9007199254740993L), AttributeValue.From(9007199254740992.0), AttributeValue.From(1e20), AttributeValue.From(long.MinValue),
        AttributeValue.From(""), AttributeValue.From("\uFFFD"), AttributeValue.From("a\uFFFDb"), AttributeValue.From("NaN"), AttributeValue.From("-0"), AttributeValue.From("0"),
        AttributeValue.From("Grüße"), AttributeValue.From("GRÜSSE"), AttributeValue.From("get"), AttributeValue.From("\u212A"), AttributeValue.From("k"), AttributeValue.From("1E+20"),
        AttributeValue.From("[200]"), AttributeValue.From("😀"), AttributeValue.From("\uFFFE"), AttributeValue.From(new byte[] { 1 }.AsMemory()), AttributeValue.From(ReadOnlyMemory<byte>.Empty),
    ];

    private static readonly string[] Patterns =
        [".*", "", "G.*", "get", "[0-9]+", "5..", "alice|bob", @"\[.*\]", "(?s).*o.*", "tr.e|web|cart", "[0-9a-f]{16}", "serv.*|err.*", ".*\uFFFD.*", "NaN|-?0"];

    private static Gen<AttributeValue> Scalar => Gen.Frequency((3, SpanGen.SearchValue), (2, Gen.Elements(Odd)));

    private static Gen<AttributeValue> Value => Gen.Frequency(
        (8, Scalar),
        (1, Scalar.ListUpTo(3).Select(items => AttributeValue.FromArray([.. items]))),
        (1, from inner in Scalar.ListUpTo(2) from item in Scalar select AttributeValue.FromArray(item, AttributeValue.FromArray([.. inner]), AttributeValue.FromArray())),
        (1, Gen.Constant(AttributeValue.Empty)),
        (1, SpanGen.List(SpanGen.AttributeKey, Scalar, 2).Select(AttributeValue.FromKeyValues)));

    private static Gen<AttributeList> Attributes(int max) => SpanGen.List(SpanGen.AttributeKey, Value, max);

    // Of the traces the whole store is tested with, with odd values in every place, and keys that repeat.
    private static Gen<Span> Changed(Span span) =>
        from isChanged in Gen.Elements(true, false)
        from own in Attributes(6)
        from resource in Attributes(3)
        from scope in Attributes(2)
        from other in Attributes(3)
        from name in Gen.Elements(span.Name, "\uFFFD", "Grüße", "")
        from endpoint in Gen.Frequency((3, Gen.Constant(span.RemoteEndpoint)), (1, SpanGen.Endpoint.Select(endpoint => (Endpoint?)endpoint)))
        select !isChanged ? span : span with
        {
            Name = name,
            Attributes = own,
            Resource = span.Resource with { Attributes = new AttributeList([.. span.Resource.Attributes, .. resource]) },
            Scope = span.Scope with { Attributes = scope },
            Events = new EquatableList<SpanEvent>([.. span.Events.Select((item, i) => i == 0 ? item with { Attributes = other } : item)]),
            Links = new EquatableList<SpanLink>([.. span.Links.Select(link => link with { Attributes = other })]),
            RemoteEndpoint = endpoint,
        };

    public static Gen<List<Span>> Spans { get; } = Gen.Frequency(
        (9, from batches in TraceGen.Batches
            from spans in Gen.CollectToList(batches.SelectMany(batch => batch).Distinct(), Changed)
            select spans),
        (1, SpanGen.ZipkinLikeSpan.ListUpTo(30)));

    private static Gen<QueryField> Field => Gen.Frequency(
        (3, QueryGen.Attribute.Select(attribute => (QueryField)attribute)),
        (2, Gen.Elements(Enum.GetValues<IntrinsicField>()).Select(intrinsic => (QueryField)new QueryField.Intrinsic(intrinsic))));

    private static Gen<AttributeValue> Literal => Gen.Frequency(
        (3, SpanGen.SearchValue),
        (3, Gen.Elements(Odd)),
        (1, Gen.Elements("\uD800", "a\uD800b", "0000000000000003", "000000000000000A", "00000000000000010000000000000007", "SERVER", "true", "1.0", "1.5").Select(AttributeValue.From)),
        (1, SpanGen.ServiceName.Select(AttributeValue.From)),
        (1, TraceGen.GridTime.Select(AttributeValue.From)),
        (1, Gen.Elements(0L, TraceGen.StepNs, 2 * TraceGen.StepNs).Select(AttributeValue.From)));

    private static Gen<SpanCondition> Leaf =>
        from asked in Field
        from comparison in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        from literal in comparison is ComparisonOperator.Regex or ComparisonOperator.NotRegex ? Gen.Elements(Patterns).Select(AttributeValue.From) : Literal
        from asText in Gen.Elements(true, false)
        from ignoreCase in Gen.Elements(true, false)
        select (SpanCondition)new SpanCondition.Compare(asked, comparison, literal) { AsText = asText, IgnoreCase = ignoreCase };

    private static Gen<SpanCondition> Joined =>
        from parts in Gen.OneOf(Leaf, QueryGen.Condition, Leaf.Select(leaf => (SpanCondition)new SpanCondition.Not(leaf))).ListUpTo(4)
        from isAny in Gen.Elements(true, false)
        from isNegated in Gen.Elements(true, false)
        select Join(parts, isAny, isNegated);

    public static Gen<SpanCondition> Condition => Gen.Frequency((3, Leaf), (3, QueryGen.Condition), (2, Joined));

    private static SpanCondition Join(List<SpanCondition> parts, bool isAny, bool isNegated)
    {
        SpanCondition joined = isAny && parts.Count > 0
            ? parts.Aggregate((left, right) => new SpanCondition.Or(left, right))
            : SpanCondition.All(parts);
        return isNegated ? new SpanCondition.Not(joined) : joined;
    }
}
