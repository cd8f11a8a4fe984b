using System.Buffers;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Writes the groups of one service after the other as they stand in a segment: docs/format/analytics.md.</summary>
internal sealed class ServiceGroups
{
    private readonly List<Group> groups = [];
    private readonly Dictionary<string, int> operations = [];
    private readonly ArrayBufferWriter<byte> buckets = new();
    private readonly ArrayBufferWriter<byte> written = new();

    /// <summary>Adds the next group in order and takes its durations.</summary>
    public void Add(MinuteKey key, BucketSum durations)
    {
        if (!operations.TryGetValue(key.Operation, out int operation))
            operations.Add(key.Operation, operation = operations.Count);
        int start = buckets.WrittenCount;
        durations.TakeTo(buckets);
        groups.Add(new Group(key.Minute, operation, key.KindAndStatus, start, buckets.WrittenCount));
    }

    /// <summary>The bytes of all that was added, and begins another service.</summary>
    public byte[] Take()
    {
        int[] places = WriteOperations();
        Write((ulong)groups.Count);
        long minute = 0;
        foreach (Group group in groups)
        {
            Write(Varint.ZigZag(group.Minute - minute));
            minute = group.Minute;
            Write((ulong)places[group.Operation]);
            Write((ulong)group.KindAndStatus);
            written.Write(buckets.WrittenSpan[group.Start..group.End]);
        }
        byte[] bytes = written.WrittenSpan.ToArray();
        groups.Clear();
        operations.Clear();
        buckets.ResetWrittenCount();
        written.ResetWrittenCount();
        return bytes;
    }

    // They stand in order, which is known once all were added.
    private int[] WriteOperations()
    {
        string[] names = new string[operations.Count];
        int[] numbers = new int[operations.Count], places = new int[operations.Count];
        operations.Keys.CopyTo(names, 0);
        operations.Values.CopyTo(numbers, 0);
        Array.Sort(names, numbers, StringComparer.Ordinal);
        Write((ulong)names.Length);
        for (int place = 0; place < names.Length; place++)
        {
            places[numbers[place]] = place;
            written.WriteText(names[place]);
        }
        return places;
    }

    private void Write(ulong number) => written.Advance(Varint.Write(written.GetSpan(Varint.BytesMax), number));

    private readonly record struct Group(long Minute, int Operation, int KindAndStatus, int Start, int End);
}
