using System.Runtime.InteropServices;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// Says of nearly every trace that is not in a segment that it is not: a Bloom filter over the low halves of the ids in blocks of one cache line. Asked of every
/// segment for every trace that arrives, and each answer touches one line.
/// </summary>
/// <remarks>
/// A block is chosen by the high half of a hash and has 512 bits, of which seven are set by another. With 11 bits a trace 0.6 % of absent ids are not recognised:
/// a plain filter would need a bit less for that, and seven lines.
/// </remarks>
internal sealed class TraceFilter
{
    private const byte Version = 1;
    private const int BitsPerTrace = 11;
    private const int BitsPerBlock = 512;
    private const int WordsPerBlock = BitsPerBlock / 64;
    private const int BitsSet = 7;

    // What stands before the blocks. With it the blocks of the filter, which is the first piece of a file, begin at byte 64 of the file: on a line.
    private const int HeadBytes = 32;

    private readonly ReadOnlyMemory<byte> blocks;
    private readonly uint blockCount;

    private TraceFilter(ReadOnlyMemory<byte> blocks)
    {
        this.blocks = blocks;
        blockCount = (uint)(blocks.Length / (BitsPerBlock / 8));
    }

    /// <param name="lows">Low halves of the ids; equal ones count as several.</param>
    public static TraceFilter Of(ReadOnlySpan<ulong> lows)
    {
        long count = Math.Max(1, ((long)lows.Length * BitsPerTrace + BitsPerBlock - 1) / BitsPerBlock);
        byte[] bytes = new byte[checked((int)(count * (BitsPerBlock / 8)))];
        var filter = new TraceFilter(bytes);
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        foreach (ulong low in lows)
        {
            Span<ulong> block = words.Slice(filter.BlockOf(low), WordsPerBlock);
            ulong bits = BitsOf(low);
            for (int i = 0; i < BitsSet; i++, bits >>= 9)
                block[(int)(bits >> 6 & 7)] |= 1UL << (int)(bits & 63);
        }
        return filter;
    }

    /// <summary>False when the low half was not among those the filter was made of.</summary>
    public bool MayContain(ulong low)
    {
        ReadOnlySpan<ulong> block = MemoryMarshal.Cast<byte, ulong>(blocks.Span).Slice(BlockOf(low), WordsPerBlock);
        ulong bits = BitsOf(low);
        for (int i = 0; i < BitsSet; i++, bits >>= 9)
        {
            if ((block[(int)(bits >> 6 & 7)] >> (int)(bits & 63) & 1) == 0)
                return false;
        }
        return true;
    }

    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Filter, Version);
        writer.WriteInt64(blockCount);
        writer.WriteBytes(stackalloc byte[HeadBytes - sizeof(long)]);
        writer.WriteBytes(blocks.Span);
        writer.End(tryBrotli: false);
    }

    /// <exception cref="SegmentFormatException"/>
    public static TraceFilter Read(ColumnReader reader)
    {
        SectionReader section = reader.Read(SectionType.Filter, Version);
        long count = section.ReadInt64("the number of blocks");
        section.ReadBytes(HeadBytes - sizeof(long), "the rest of its head");
        if (count < 1 || count > section.Remaining || count * (BitsPerBlock / 8) != section.Remaining)
            throw section.Bad($"{count} blocks do not take {section.Remaining} bytes");
        return new TraceFilter(section.ReadRest());
    }

    private int BlockOf(ulong low) => (int)((Mix(low) >> 32) * blockCount >> 32) * WordsPerBlock;

    // Another hash than the block's, or ids of one block would have much in common.
    private static ulong BitsOf(ulong low) => Mix(low ^ 0x9E3779B97F4A7C15);

    // The finalizer of MurmurHash3 in Stafford's variant 13: ids of senders that count up are as well spread as random ones. Stands in files.
    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }
}
