using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// A <see cref="MinuteTable"/> in a segment: names of the services, then a section for each, so that one service costs its own bytes only. Layout: docs/format/analytics.md.
/// </summary>
internal sealed class MinuteSection(MinuteTable minutes) : ISegmentExtra
{
    public const int ExtraNumber = 1;

    private const byte Version = 1;

    // Against false counts: a group is at least so many bytes.
    private const int GroupBytesMin = 4;

    public int Number => ExtraNumber;

    public void Write(ColumnWriter writer)
    {
        string[] services = [.. minutes.Services.Order(StringComparer.Ordinal)];
        writer.Begin(SectionType.MinuteServices, Version);
        writer.WriteVarint((ulong)services.Length);
        foreach (string service in services)
            writer.WriteText(service);
        writer.End(tryBrotli: true);
        foreach (string service in services)
            Write(writer, minutes.GroupsOf(service));
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="service">The service to read; all when null.</param>
    /// <exception cref="SegmentFormatException">The section is damaged.</exception>
    public static MinuteTable Read(ColumnReader reader, string? service)
    {
        var minutes = new MinuteTable();
        SectionReader section = reader.Read(SectionType.MinuteServices, Version);
        int count = section.ReadCount(section.Remaining, "the number of services");
        for (int i = 0; i < count; i++)
        {
            string name = section.ReadText("a service's name");
            if (service is null || name == service)
                Read(reader.Read(SectionType.ServiceMinutes, Version), name, minutes);
            else
                reader.Skip(SectionType.ServiceMinutes);
        }
        section.ExpectEnd();
        return minutes;
    }

    private static void Write(ColumnWriter writer, IReadOnlyDictionary<MinuteKey, LatencyHistogram> groups)
    {
        string[] operations = [.. groups.Keys.Select(static key => key.Operation).Distinct().Order(StringComparer.Ordinal)];
        var places = new Dictionary<string, int>(operations.Length);
        writer.Begin(SectionType.ServiceMinutes, Version);
        writer.WriteVarint((ulong)operations.Length);
        foreach (string operation in operations)
        {
            places.Add(operation, places.Count);
            writer.WriteText(operation);
        }
        writer.WriteVarint((ulong)groups.Count);
        long before = 0;
        foreach ((MinuteKey key, LatencyHistogram histogram) in groups.OrderBy(static group => group.Key))
        {
            writer.WriteVarint(Varint.ZigZag(key.Minute - before));
            before = key.Minute;
            writer.WriteVarint((ulong)places[key.Operation]);
            writer.WriteVarint((ulong)key.Kind << 8 | (ulong)key.Status);
            Write(writer, histogram);
        }
        writer.End(tryBrotli: true);
    }

    // A bucket's distance from the one before, and whether more than one duration fell into it: at low rates nearly always one did.
    private static void Write(ColumnWriter writer, LatencyHistogram histogram)
    {
        writer.WriteVarint((ulong)histogram.Buckets.Length);
        int before = 0;
        for (int i = 0; i < histogram.Buckets.Length; i++)
        {
            long count = histogram.Counts[i];
            writer.WriteVarint((ulong)(histogram.Buckets[i] - before) << 1 | (count > 1 ? 1u : 0u));
            if (count > 1)
                writer.WriteVarint((ulong)count - 2);
            before = histogram.Buckets[i];
        }
    }

    private static void Read(SectionReader section, string service, MinuteTable minutes)
    {
        string[] operations = new string[section.ReadCount(section.Remaining, "the number of operations")];
        for (int i = 0; i < operations.Length; i++)
            operations[i] = section.ReadText("an operation's name");
        int groups = section.ReadCount(section.Remaining / GroupBytesMin, "the number of groups");
        long minute = 0;
        for (int i = 0; i < groups; i++)
        {
            minute = unchecked(minute + Varint.UnZigZag(section.ReadVarint("a minute")));
            int operation = section.ReadCount(operations.Length - 1, "an operation");
            int kindAndStatus = section.ReadCount(ushort.MaxValue, "kind and status");
            Read(section, minutes.Of(service, new MinuteKey(minute, operations[operation], (SpanKind)(kindAndStatus >> 8), (StatusCode)(kindAndStatus & 0xFF))));
        }
        section.ExpectEnd();
    }

    private static void Read(SectionReader section, LatencyHistogram histogram)
    {
        int buckets = section.ReadCount(LatencyBuckets.Count, "the number of buckets");
        int bucket = 0;
        for (int i = 0; i < buckets; i++)
        {
            int step = section.ReadCount(LatencyBuckets.Count * 2, "a bucket");
            bucket += step >> 1;
            if (bucket >= LatencyBuckets.Count)
                throw section.Bad($"there is no bucket {bucket}");
            histogram.AddBucket(bucket, (step & 1) == 0 ? 1 : section.ReadCount(int.MaxValue, "a number of calls") + 2L);
        }
    }
}
