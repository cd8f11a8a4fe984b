using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance.Cases;

/// <summary>The four tags, one of each scalar type, that the search cases put into different places and ask for by their text.</summary>
internal static class SearchTags
{
    private static readonly KeyValue[] all =
    [
        new("tag.string", AttributeValue.From("same value")),
        new("tag.int", AttributeValue.From(123L)),
        new("tag.double", AttributeValue.From(72.5)),
        new("tag.bool", AttributeValue.From(true)),
    ];

    public static AttributeList All { get; } = new(all);

    public static AttributeList Only(params int[] indexes) => new([.. indexes.Select(index => all[index])]);

    /// <summary>Each tag anywhere on the same span.</summary>
    public static SpanCondition Condition { get; } = SpanCondition.All(all.Select(tag => Conditions.TagAnywhere(tag.Key, tag.Value.ToString())));
}
