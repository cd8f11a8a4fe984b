using System.Text.Encodings.Web;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Events as Zipkin annotations.</summary>
internal static class ZipkinAnnotations
{
    /// <summary>Ordered by time, then value, without exact duplicates.</summary>
    public static SortedSet<(long TimestampUs, string Value)> Of(Span span)
    {
        var annotations = new SortedSet<(long, string)>(Order);
        foreach (SpanEvent item in span.Events)
            annotations.Add((TimestampUs(item, span), Value(item)));
        return annotations;
    }

    private static Comparer<(long TimestampUs, string Value)> Order { get; } = Comparer<(long TimestampUs, string Value)>.Create(static (left, right) =>
    {
        int byTime = left.TimestampUs.CompareTo(right.TimestampUs);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Value, right.Value);
    });

    // Zipkin refuses an annotation at time 0 with its whole request, so an event without a time takes its span's.
    private static long TimestampUs(SpanEvent item, Span span)
    {
        long timestampUs = ZipkinTime.ToMicros(item.TimeNs);
        return timestampUs != 0 ? timestampUs : Math.Max(1, ZipkinTime.ToMicros(span.StartNs));
    }

    // OpenTelemetry to Zipkin, "Events": "name": {"key": value}, quotes included.
    private static string Value(SpanEvent item) => item.Attributes.Count == 0
        ? item.Name
        : $"\"{JsonEncodedText.Encode(item.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": {AttributeValue.FromKeyValues(item.Attributes)}";
}
