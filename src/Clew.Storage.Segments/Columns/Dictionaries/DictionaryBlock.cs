using System.Buffers;
using System.IO.Compression;

namespace Clew.Storage.Segments;

/// <summary>
/// Some neighbouring values of a stored dictionary, decompressed: the length of each (varint), then their bytes. Filled once and then only read, or, as
/// someone's scratch, filled again and again.
/// </summary>
internal sealed class DictionaryBlock
{
    /// <summary>A block is closed when its values have as many bytes: one value costs decompressing as much, some 15 µs.</summary>
    public const int BytesTarget = 16 << 10;

    /// <summary>
    /// The same for short values, of which a trace of a hundred spans reads hundreds, each of another block. Long ones, such as stack traces, need neighbours to be compressed
    /// by and are few.
    /// </summary>
    public const int BytesTargetOfMany = 8 << 10;

    /// <summary>Values that are many in a block.</summary>
    public const int ManyValues = 64;

    /// <summary>Most bytes of a block with more than one value, by the format: the last may begin just below the target, and stay below it alone.</summary>
    public const int SharedBytesMax = BytesTarget * 2;

    // What a decompressed block is first given room for; the rest comes as the bytes do, so that a false length costs nothing.
    private const int RoomFirst = 1 << 16;

    private byte[] raw = [];
    private int[] ends = [];
    private int rawLength;
    private bool wasTouched;

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>About what it takes on the heap.</summary>
    public int HeapBytes => raw.Length + ends.Length * sizeof(int) + 96;

    public ReadOnlySpan<byte> this[int index] => raw.AsSpan(index == 0 ? ends[Count] : ends[index - 1], ends[index] - (index == 0 ? ends[Count] : ends[index - 1]));

    /// <summary>Says that it was used, for the cache. Any thread; losing one does not matter.</summary>
    public void Touch()
    {
        if (!wasTouched)
            wasTouched = true;
    }

    /// <summary>Whether it was used since this was asked last.</summary>
    public bool TakeTouch()
    {
        bool touched = wasTouched;
        wasTouched = false;
        return touched;
    }

    /// <summary>Decompresses and divides a block.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Fill(ReadOnlySpan<byte> stored, int rawBytes, int count) => Load(stored, rawBytes) ?? Divide(count);

    /// <summary>Decompresses a block: the first half of <see cref="Fill"/>, after which there are no values yet.</summary>
    /// <inheritdoc cref="Fill"/>
    public string? Load(ReadOnlySpan<byte> stored, int rawBytes)
    {
        Count = 0;
        rawLength = rawBytes;
        if (stored.Length != rawBytes)
            return TryInflate(stored) ? null : "the compressed bytes are not one stream of the length its dictionary says";
        if (raw.Length < rawBytes)
            raw = new byte[rawBytes];
        stored.CopyTo(raw);
        return null;
    }

    /// <summary>Whether a value of the block can contain the bytes; for one that is loaded.</summary>
    public bool MayHave(ReadOnlySpan<byte> needle) => raw.AsSpan(0, rawLength).IndexOf(needle) >= 0;

    /// <summary>The first value from <paramref name="index"/> on that contains the bytes, or -1.</summary>
    public int NextWith(ReadOnlySpan<byte> needle, int index)
    {
        while (index < Count)
        {
            int start = index == 0 ? ends[Count] : ends[index - 1];
            int found = raw.AsSpan(start, rawLength - start).IndexOf(needle);
            if (found < 0)
                return -1;
            found += start;
            while (ends[index] <= found)
                index++;
            if (found + needle.Length <= ends[index])
                return index;
            // It goes on into the next value, and so does whatever else begins in this one further on.
            index++;
        }
        return -1;
    }

    /// <summary>Finds a value among these.</summary>
    /// <returns>Its index, or a negative number.</returns>
    public int IndexOf(ReadOnlySpan<byte> value)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = this[middle].SequenceCompareTo(value);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }

    /// <summary>Divides what was loaded into values: the second half of <see cref="Fill"/>.</summary>
    /// <inheritdoc cref="Fill"/>
    public string? Divide(int count)
    {
        // One more than there are values: where the first begins stands behind the last's end.
        if (ends.Length <= count)
            ends = new int[count + 1];
        ReadOnlySpan<byte> bytes = raw.AsSpan(0, rawLength);
        int at = 0;
        long end = 0;
        for (int i = 0; i < count; i++)
        {
            if (!Varint.TryRead(bytes, ref at, out ulong length) || length > (ulong)rawLength)
                return "the length of a value is no number or more than there is";
            end += (long)length;
            if (end > rawLength)
                return "its values are longer than it is";
            ends[i] = (int)end;
        }
        if (at + end != rawLength)
            return $"its values have {end} bytes where {rawLength - at} are";
        for (int i = 0; i < count; i++)
            ends[i] += at;
        ends[count] = at;
        Count = count;
        for (int i = 1; i < count; i++)
        {
            if (this[i - 1].SequenceCompareTo(this[i]) >= 0)
                return $"value {i} in it does not come after the one before it";
        }
        return null;
    }

    private bool TryInflate(ReadOnlySpan<byte> stored)
    {
        if (raw.Length < Math.Min(rawLength, RoomFirst))
            raw = new byte[Math.Min(rawLength, RoomFirst)];
        int written = 0;
        using var decoder = new BrotliDecoder();
        while (true)
        {
            OperationStatus status = decoder.Decompress(stored, raw.AsSpan(written, Math.Min(raw.Length, rawLength) - written), out int consumed, out int produced);
            stored = stored[consumed..];
            written += produced;
            if (status == OperationStatus.Done)
                return written == rawLength && stored.IsEmpty;
            if (status != OperationStatus.DestinationTooSmall || raw.Length >= rawLength)
                return false;
            Array.Resize(ref raw, (int)Math.Min(rawLength, raw.Length * 2L));
        }
    }
}
