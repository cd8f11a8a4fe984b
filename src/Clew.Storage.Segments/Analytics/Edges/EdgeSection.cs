using Clew.Model;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Analytics;

/// <summary>An <see cref="EdgeContribution"/> in a segment. Layout: docs/format/analytics.md.</summary>
internal sealed class EdgeSection(EdgeContribution contribution) : ISegmentExtra
{
    public const int ExtraNumber = 2;

    private const byte Version = 1;

    // Against false counts: each is at least so many bytes.
    private const int SumBytesMin = 4, EntryBytesMin = 3;

    public int Number => ExtraNumber;

    public void Write(ColumnWriter writer)
    {
        EdgeEntry[] entries = contribution.ReadEntries();
        writer.Begin(SectionType.EdgeSums, Version);
        writer.WriteVarint((ulong)contribution.Sealed.First);
        writer.WriteVarint((ulong)(contribution.Sealed.Last - contribution.Sealed.First));
        writer.WriteVarint((ulong)contribution.Needs.Length);
        foreach (long number in contribution.Needs)
            writer.WriteVarint((ulong)number);
        writer.WriteInt64(contribution.Starts.FromNs);
        writer.WriteInt64(contribution.Starts.ToNs);
        writer.WriteByte(contribution.HasUntimed ? (byte)1 : (byte)0);
        writer.WriteVarint((ulong)contribution.Services.Length);
        foreach (string service in contribution.Services)
            writer.WriteText(service);
        writer.WriteVarint((ulong)contribution.Sums.Length);
        foreach (EdgeSum sum in contribution.Sums)
        {
            writer.WriteVarint((ulong)sum.Parent);
            writer.WriteVarint((ulong)sum.Child);
            Write(writer, sum.Count);
        }
        writer.End(tryBrotli: true);

        writer.Begin(SectionType.EdgeEntries, Version);
        writer.WriteVarint((ulong)entries.Length);
        EdgeEntry before = default;
        foreach (EdgeEntry entry in entries)
        {
            writer.WriteVarint(entry.HasTime ? (ulong)(entry.LastMinute - entry.FirstMinute) + 1 : 0);
            if (entry.HasTime)
            {
                writer.WriteVarint(Varint.ZigZag(entry.FirstMinute - before.FirstMinute));
                before = entry;
            }
            writer.WriteVarint((ulong)entry.Sum);
            Write(writer, entry.Count);
        }
        writer.End(tryBrotli: true);
    }

    /// <summary>The sums; entries are read by a reader of their own when they are asked for.</summary>
    /// <param name="open">Opens the section; null when there is none.</param>
    /// <exception cref="SegmentFormatException">The section is damaged.</exception>
    public static EdgeContribution? Read(Func<ColumnReader?> open)
    {
        if (open() is not { } reader)
            return null;
        SectionReader section = reader.Read(SectionType.EdgeSums, Version);
        long first = (long)section.ReadVarint("the first number"), last = first + (long)section.ReadVarint("the last number");
        long[] needs = new long[section.ReadCount(section.Remaining, "the number of tables needed")];
        for (int i = 0; i < needs.Length; i++)
            needs[i] = (long)section.ReadVarint("a table's number");
        var starts = new TimeRange(section.ReadInt64("the earliest start"), section.ReadInt64("the latest start"));
        bool hasUntimed = section.ReadByte("whether there are traces without a time") != 0;
        string[] services = new string[section.ReadCount(section.Remaining, "the number of services")];
        for (int i = 0; i < services.Length; i++)
        {
            services[i] = section.ReadText("a service's name");
            if (services[i] is "" or AttributeKeys.UnknownService)
                throw section.Bad($"'{services[i]}' names no service");
        }
        var sums = new EdgeSum[section.ReadCount(section.Remaining / SumBytesMin, "the number of edges")];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = new EdgeSum(section.ReadCount(services.Length - 1, "a service"), section.ReadCount(services.Length - 1, "a service"), ReadCount(section));
        section.ExpectEnd();
        return new EdgeContribution(new SealedNumbers(first, last), needs, services, sums, starts, hasUntimed, () => ReadEntries(open, sums.Length));
    }

    private static EdgeEntry[] ReadEntries(Func<ColumnReader?> open, int sumCount)
    {
        ColumnReader reader = open()!;
        reader.Read(SectionType.EdgeSums, Version);
        SectionReader section = reader.Read(SectionType.EdgeEntries, Version);
        var entries = new EdgeEntry[section.ReadCount(section.Remaining / EntryBytesMin, "the number of entries")];
        long before = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            ulong minutes = section.ReadVarint("a trace's minutes");
            if (minutes != 0)
                before = unchecked(before + Varint.UnZigZag(section.ReadVarint("a first minute")));
            (long firstMinute, long lastMinute) = minutes == 0 ? (MinuteNumber.NoFirst, MinuteNumber.NoLast) : (before, unchecked(before + (long)(minutes - 1)));
            entries[i] = new EdgeEntry(firstMinute, lastMinute, section.ReadCount(sumCount - 1, "an edge"), ReadCount(section));
        }
        section.ExpectEnd();
        return entries;
    }

    private static void Write(ColumnWriter writer, EdgeCount count)
    {
        writer.WriteVarint(Varint.ZigZag(count.Calls));
        writer.WriteVarint(Varint.ZigZag(count.Errors));
    }

    private static EdgeCount ReadCount(SectionReader section) =>
        new(Varint.UnZigZag(section.ReadVarint("a number of calls")), Varint.UnZigZag(section.ReadVarint("a number of errors")));
}
