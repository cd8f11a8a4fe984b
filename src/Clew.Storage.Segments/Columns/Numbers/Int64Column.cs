using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Signed 64-bit integers, encoded by what they are. Immutable; any number of threads may use one at once. A column made of a growing buffer is
/// <see cref="Int64Encoding.Plain"/> and has no bounds of chunks.
/// </summary>
internal sealed partial class Int64Column
{
    /// <summary>Rows that share a smallest and a largest value, by which a scan leaves chunks out. A multiple of 64, so that chunks are whole words of a bitmap.</summary>
    public const int ChunkRows = 4096;

    /// <summary>Rows of one run of varints: reading one value decodes half a block on average, about a quarter of a microsecond.</summary>
    public const int BlockRows = 256;

    private readonly long min;
    private readonly ulong unit;
    private readonly BitPackedInts codes;
    private readonly ReadOnlyMemory<byte> values;
    private readonly ReadOnlyMemory<byte> blockOffsets;
    private readonly ReadOnlyMemory<byte> chunkBounds;
    private readonly BucketedInts? bucketed;

    private Int64Column(int count, long min, ulong unit, BucketedInts bucketed, ReadOnlyMemory<byte> chunkBounds)
        : this(count, Int64Encoding.Bucketed, min, unit, bucketed.Buckets, bucketed.Distances, bucketed.Runs, chunkBounds) => this.bucketed = bucketed;

    private Int64Column(int count, Int64Encoding encoding, long min, ulong unit, BitPackedInts codes, ReadOnlyMemory<byte> values, ReadOnlyMemory<byte> blockOffsets, ReadOnlyMemory<byte> chunkBounds)
    {
        Count = count;
        Encoding = encoding;
        this.min = min;
        this.unit = unit;
        this.codes = codes;
        this.values = values;
        this.blockOffsets = blockOffsets;
        this.chunkBounds = chunkBounds;
    }

    public int Count { get; }

    public Int64Encoding Encoding { get; }

    /// <summary>The bytes of the values themselves, without bounds and framing.</summary>
    public int ValueBytes => codes.Data.Length + values.Length + blockOffsets.Length;

    public long this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            switch (Encoding)
            {
                case Int64Encoding.Constant:
                    return min;
                case Int64Encoding.Packed:
                    return FromUnits(codes[row]);
                case Int64Encoding.Bucketed:
                    return FromUnits(bucketed![row]);
                case Int64Encoding.Plain:
                    return PlainValues[row];
                default:
                    Span<long> block = stackalloc long[row % BlockRows + 1];
                    DecodeBlock(row / BlockRows, block);
                    return block[^1];
            }
        }
    }

    /// <summary>The values where they stand as they are; empty for every other encoding.</summary>
    public ReadOnlySpan<long> PlainValues => MemoryMarshal.Cast<byte, long>(values.Span);

    /// <summary>A view of values 8 bytes each.</summary>
    public static Int64Column Plain(ReadOnlyMemory<byte> values) =>
        new(values.Length / sizeof(long), Int64Encoding.Plain, 0, 1, default, values, default, default);

    /// <summary>A value that all rows have.</summary>
    public static Int64Column Constant(long value, int count) => new(count, Int64Encoding.Constant, value, 1, default, default, default, default);

    /// <summary>Copies the values from <paramref name="start"/> on, as many as the destination has room for.</summary>
    public void Read(int start, Span<long> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + destination.Length, Count, nameof(destination));
        switch (Encoding)
        {
            case Int64Encoding.Constant:
                destination.Fill(min);
                break;
            case Int64Encoding.Packed:
                ReadPacked(start, destination);
                break;
            case Int64Encoding.Bucketed:
                bucketed!.Read(start, MemoryMarshal.Cast<long, ulong>(destination));
                foreach (ref long value in destination)
                    value = FromUnits((ulong)value);
                break;
            case Int64Encoding.Plain:
                PlainValues.Slice(start, destination.Length).CopyTo(destination);
                break;
            default:
                ReadBlocks(start, destination);
                break;
        }
    }

    private void ReadPacked(int start, Span<long> destination)
    {
        Span<uint> block = stackalloc uint[BlockRows];
        for (int done = 0; done < destination.Length; done += BlockRows)
        {
            Span<uint> unpacked = block[..Math.Min(BlockRows, destination.Length - done)];
            codes.Unpack(start + done, unpacked);
            for (int i = 0; i < unpacked.Length; i++)
                destination[done + i] = FromUnits(unpacked[i]);
        }
    }

    private void ReadBlocks(int start, Span<long> destination)
    {
        Span<long> decoded = stackalloc long[BlockRows];
        while (!destination.IsEmpty)
        {
            int within = start % BlockRows;
            int take = Math.Min(BlockRows - within, destination.Length);
            if (within == 0)
            {
                DecodeBlock(start / BlockRows, destination[..take]);
            }
            else
            {
                DecodeBlock(start / BlockRows, decoded[..(within + take)]);
                decoded.Slice(within, take).CopyTo(destination);
            }
            destination = destination[take..];
            start += take;
        }
    }

    private void DecodeBlock(int block, Span<long> destination)
    {
        uint offset = MemoryMarshal.Cast<byte, uint>(blockOffsets.Span)[block];
        if (offset > values.Length || !Int64Varints.TryDecode(values.Span[(int)offset..], Encoding == Int64Encoding.DeltaOfDelta, destination))
            throw new SegmentFormatException($"the varints of block {block} end early or are none", nameof(SectionType.Int64), offset);
        foreach (ref long value in destination)
            value = FromUnits((ulong)value);
    }

    private long FromUnits(ulong units) => unchecked(min + (long)(units * unit));
}
