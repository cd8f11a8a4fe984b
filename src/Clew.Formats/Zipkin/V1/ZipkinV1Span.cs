using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>
/// One v1 span between its encoding and the rows it becomes. Used again for the next span; its lists keep their room. Texts are slices of the batch, endpoints
/// rows of it (0 for none).
/// </summary>
internal sealed class ZipkinV1Span
{
    /// <summary>Ids, name, debug, and the times of the span as a whole (0 for absent).</summary>
    public SpanRow Common;

    public List<ZipkinV1Annotation> Annotations { get; } = [];

    public List<ZipkinV1Tag> Tags { get; } = [];

    public void Clear()
    {
        // Room for any span a client means to send; one giant must not pin its memory.
        const int keptMax = 4096;
        Common = default;
        Clear(Annotations, keptMax);
        Clear(Tags, keptMax);
    }

    /// <summary>Adds an annotation; one without a time or a value says nothing and is left out.</summary>
    public void Annotate(long timeNs, Utf8Slice value, int endpoint, SpanBatchLimits limits)
    {
        if (timeNs <= 0 || value.IsEmpty)
            return;
        if (Annotations.Count == limits.EventsMax)
            throw new SpanLimitException(nameof(limits.EventsMax), limits.EventsMax);
        Annotations.Add(new ZipkinV1Annotation { TimeNs = timeNs, Value = value, Endpoint = endpoint });
    }

    /// <summary>Adds a binary annotation.</summary>
    public void Tag(in AttributeRow attribute, int endpoint, SpanBatchLimits limits)
    {
        if (Tags.Count == limits.SpanAttributesMax)
            throw new SpanLimitException(nameof(limits.SpanAttributesMax), limits.SpanAttributesMax);
        Tags.Add(new ZipkinV1Tag { Attribute = attribute, Endpoint = endpoint });
    }

    private static void Clear<T>(List<T> list, int keptMax)
    {
        list.Clear();
        if (list.Capacity > keptMax)
            list.Capacity = keptMax;
    }
}

/// <summary>An annotation, and the part of the span it goes to.</summary>
internal struct ZipkinV1Annotation
{
    public long TimeNs;
    public Utf8Slice Value;
    public int Endpoint;
    public int Part;
}

/// <summary>A binary annotation, and the part of the span it goes to.</summary>
internal struct ZipkinV1Tag
{
    public AttributeRow Attribute;
    public int Endpoint;
    public int Part;
}
