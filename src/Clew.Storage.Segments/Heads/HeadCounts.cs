namespace Clew.Storage.Segments.Heads;

/// <summary>How much of a head's growing parts was published together.</summary>
internal readonly record struct HeadCounts
{
    public int Rows { get; init; }

    public int Traces { get; init; }

    public int AttributeColumns { get; init; }

    public int Events { get; init; }

    public int EventAttributeColumns { get; init; }

    public int Links { get; init; }

    public int LinkAttributeColumns { get; init; }
}
