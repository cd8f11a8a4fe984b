namespace Clew.Model;

/// <summary>
/// Upper bounds of what one request may unfold to in memory. A protobuf attribute can be two bytes long and takes a row of
/// 24 here, so bounding the bytes alone would allow a twelvefold growth; every table has its own bound. All tables full
/// are about 140 MiB; an ordinary request of 512 spans takes 0.3 MiB.
/// </summary>
public sealed record SpanBatchLimits
{
    public static SpanBatchLimits Default { get; } = new();

    public int SpansMax { get; init; } = 100_000;

    /// <summary>Attributes of all spans of the request together.</summary>
    public int SpanAttributesMax { get; init; } = 2_000_000;

    /// <summary>Attributes of all resources, scopes, events and links of the request together.</summary>
    public int OtherAttributesMax { get; init; } = 1_000_000;

    /// <summary>Items of all array and key-value-list values of the request together.</summary>
    public int ElementsMax { get; init; } = 500_000;

    public int EventsMax { get; init; } = 500_000;

    public int LinksMax { get; init; } = 200_000;

    /// <summary>Resources, scopes and endpoints, each.</summary>
    public int ResourcesMax { get; init; } = 100_000;

    /// <summary>Nesting of attribute values and of unknown fields that are skipped.</summary>
    public int DepthMax { get; init; } = 32;
}
