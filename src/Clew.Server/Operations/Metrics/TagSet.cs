using System.Diagnostics.CodeAnalysis;

namespace Clew.Server.Operations.Metrics;

/// <summary>The tags of one series, in any order. Looked up by the span of tags that a measurement carries, without allocating.</summary>
internal sealed class TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
{
    private readonly KeyValuePair<string, object?>[] tags = tags.ToArray();

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>Measurements of series beyond the bound are added up here; the label is OpenTelemetry's.</summary>
    public static TagSet Overflow { get; } = new([new("otel.metric.overflow", "true")]);

    public sealed class Comparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public static Comparer Instance { get; } = new();

        public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags, y));

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            if (alternate.Length != other.tags.Length)
                return false;
            foreach (KeyValuePair<string, object?> tag in alternate)
            {
                if (!Contains(other.tags, tag))
                    return false;
            }
            return true;
        }

        public int GetHashCode([DisallowNull] TagSet obj) => GetHashCode(obj.Tags);

        // A sum, so that the order does not count.
        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            int hash = 0;
            foreach (KeyValuePair<string, object?> tag in alternate)
                hash += HashCode.Combine(tag.Key, tag.Value);
            return hash;
        }

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);

        private static bool Contains(KeyValuePair<string, object?>[] tags, KeyValuePair<string, object?> wanted)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == wanted.Key && Equals(tag.Value, wanted.Value))
                    return true;
            }
            return false;
        }
    }
}
