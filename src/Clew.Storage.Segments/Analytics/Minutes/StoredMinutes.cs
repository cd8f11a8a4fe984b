namespace Clew.Storage.Segments.Analytics;

/// <summary>The groups of a service as they stand in a segment, decoded as they are asked for. Layout: docs/format/analytics.md.</summary>
/// <param name="reader">Stands before the service's section, which is opened with the first step: that reads all of its bytes.</param>
/// <param name="range">Groups of other minutes are passed over.</param>
/// <param name="refuse">Called when the section turns out to be damaged, before that is thrown.</param>
internal sealed class StoredMinutes(ColumnReader reader, MinuteRange range, Action refuse) : MinuteCursor
{
    // Against false counts: a group is at least so many bytes.
    private const int GroupBytesMin = 4;

    private SectionReader? section;
    private string[] operations = [];
    private ReadOnlyMemory<byte> groups;
    private int position;
    private int groupsLeft;
    private long minute;
    private int lastOperation;
    private bool areBucketsRead = true;

    public override bool MoveNext()
    {
        try
        {
            if (section is null)
                Open();
            while (ReadKey())
            {
                if (minute >= range.First)
                    return minute <= range.Last;
            }
            return false;
        }
        catch (SegmentFormatException)
        {
            refuse();
            throw;
        }
    }

    public override void AddTo(BucketSum sum)
    {
        try
        {
            ReadBuckets(sum);
        }
        catch (SegmentFormatException)
        {
            refuse();
            throw;
        }
    }

    private void Open()
    {
        section = reader.Read(SectionType.ServiceMinutes, MinuteSection.Version);
        operations = new string[section.ReadCount(section.Remaining, "the number of operations")];
        for (int i = 0; i < operations.Length; i++)
        {
            operations[i] = section.ReadText("an operation's name");
            if (i > 0 && string.CompareOrdinal(operations[i - 1], operations[i]) >= 0)
                throw section.Bad("the operations are not in order");
        }
        groupsLeft = section.ReadCount(section.Remaining / GroupBytesMin, "the number of groups");
        groups = section.ReadRest();
    }

    private bool ReadKey()
    {
        if (!areBucketsRead)
            ReadBuckets(null);
        if (groupsLeft == 0)
            return position < groups.Length ? throw section!.Bad($"{groups.Length - position} bytes follow after the last group") : false;
        bool isFirst = Key.Operation is null;
        groupsLeft--;
        ReadOnlySpan<byte> source = groups.Span;
        long step = Varint.UnZigZag(Number(source, "a minute", ulong.MaxValue));
        int operation = (int)Number(source, "an operation", (ulong)operations.Length), kindAndStatus = (int)Number(source, "kind and status", ushort.MaxValue + 1);
        if (!isFirst && (step < 0 || (step == 0 && (operation < lastOperation || (operation == lastOperation && kindAndStatus <= Key.KindAndStatus)))))
            throw section!.Bad("the groups are not in order");
        minute = unchecked(minute + step);
        lastOperation = operation;
        Key = new MinuteKey(minute, operations[operation], kindAndStatus);
        areBucketsRead = false;
        return true;
    }

    // Passes over them when there is nothing to add them to.
    private void ReadBuckets(BucketSum? sum)
    {
        ReadOnlySpan<byte> source = groups.Span;
        if (!(sum is null ? BucketSum.TrySkip(source, ref position) : sum.TryAdd(source, ref position)))
            throw section!.Bad($"the buckets of '{Key.Operation}' in minute {minute} are none");
        areBucketsRead = true;
    }

    private ulong Number(ReadOnlySpan<byte> source, string what, ulong end) =>
        Varint.TryRead(source, ref position, out ulong value) && value < end ? value : throw section!.Bad($"{what} is none that is possible");
}
