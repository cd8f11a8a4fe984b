using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    // 4 KiB of unpacked codes: they stay in the first-level cache between unpacking and testing.
    private const int BlockRows = 1024;

    private uint CodeMax => Width == 32 ? uint.MaxValue : (1u << Width) - 1;

    /// <summary>The rows whose code is <paramref name="code"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public void EqualTo(uint code, RowBitmap rows)
    {
        CheckRows(rows);
        EqualTo(code, rows.Words);
    }

    /// <summary>The rows whose code is in the range, both ends included; what <paramref name="rows"/> held is overwritten.</summary>
    public void InRange(uint low, uint high, RowBitmap rows)
    {
        CheckRows(rows);
        InRange(low, high, rows.Words);
    }

    /// <summary>The rows whose code is set in <paramref name="codes"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public void InSet(RowBitmap codes, RowBitmap rows)
    {
        CheckRows(rows);
        InSet(codes, rows.Words);
    }

    internal void InSet(RowBitmap codes, Span<ulong> words)
    {
        int count = codes.Count();
        if (count == 0)
        {
            words[..RowBitmap.WordCount(Count)].Clear();
            return;
        }
        uint first = (uint)codes.Next(0);
        if (IsRun(codes, (int)first, count))
            InRange(first, first + (uint)count - 1, words);
        else if (count <= 4)
            AnyOf(codes, words);
        else
            InTable(codes, words);
    }

    internal void EqualTo(uint code, Span<ulong> words)
    {
        if (code > CodeMax)
            words[..RowBitmap.WordCount(Count)].Clear();
        else
            Scan<EqualTo<byte>, EqualTo<ushort>, EqualTo<uint>>([code], words);
    }

    internal void InRange(uint low, uint high, Span<ulong> words)
    {
        high = Math.Min(high, CodeMax);
        if (low > high)
            words[..RowBitmap.WordCount(Count)].Clear();
        else
            Scan<InRange<byte>, InRange<ushort>, InRange<uint>>([low, high], words);
    }

    // The set has count members; when the one count - 1 after the first is the last, nothing is missing between.
    private static bool IsRun(RowBitmap codes, int first, int count) =>
        first + count <= codes.RowCount && codes[first + count - 1] && codes.Next(first + count) < 0;

    private void AnyOf(RowBitmap codes, Span<ulong> words)
    {
        Span<uint> four = stackalloc uint[4];
        int count = 0;
        foreach (int code in codes)
        {
            // A code too wide for the column stands in no row, and must not be cut to one that does.
            if ((uint)code <= CodeMax)
                four[count++] = (uint)code;
        }
        if (count == 0)
        {
            words[..RowBitmap.WordCount(Count)].Clear();
            return;
        }
        four[count..].Fill(four[0]);
        Scan<AnyOfFour<byte>, AnyOfFour<ushort>, AnyOfFour<uint>>(four, words);
    }

    private void InTable(RowBitmap codes, Span<ulong> words)
    {
        words = words[..RowBitmap.WordCount(Count)];
        ReadOnlySpan<ulong> table = codes.Words;
        Span<uint> block = stackalloc uint[BlockRows];
        for (int start = 0; start < Count; start += BlockRows)
        {
            ReadOnlySpan<uint> unpacked = block[..Math.Min(BlockRows, Count - start)];
            Unpack(start, block[..unpacked.Length]);
            for (int row = 0; row < unpacked.Length; row += 64)
            {
                ReadOnlySpan<uint> some = unpacked.Slice(row, Math.Min(64, unpacked.Length - row));
                words[(start + row) >> 6] = Avx2.IsSupported && some.Length == 64 ? GatherFromTable(some, table) : InTable(some, table);
            }
        }
    }

    // Eight codes at a time fetch their 32 bits of the table; a lane whose code is past the table fetches nothing.
    private static unsafe ulong GatherFromTable(ReadOnlySpan<uint> codes, ReadOnlySpan<ulong> table)
    {
        ulong word = 0;
        Vector256<int> length = Vector256.Create(table.Length * 2);
        fixed (ulong* start = table)
        {
            for (int i = 0; i < 64; i += Vector256<uint>.Count)
            {
                Vector256<uint> eight = Vector256.Create(codes[i..]);
                Vector256<int> index = (eight >> 5).AsInt32();
                Vector256<int> bits = Avx2.GatherMaskVector256(Vector256<int>.Zero, (int*)start, index, Vector256.LessThan(index, length), sizeof(int));
                // The code's own bit goes to the top of its lane, which is the one that is taken out.
                Vector256<uint> shifted = Avx2.ShiftLeftLogicalVariable(bits.AsUInt32(), Vector256.Create(31u) - (eight & Vector256.Create(31u)));
                word |= (ulong)shifted.ExtractMostSignificantBits() << i;
            }
        }
        return word;
    }

    /// <summary>The scalar twin, and what answers for the last rows.</summary>
    private static ulong InTable(ReadOnlySpan<uint> codes, ReadOnlySpan<ulong> table)
    {
        ulong word = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            uint code = codes[i];
            if (code >> 6 < (uint)table.Length)
                word |= (table[(int)(code >> 6)] >> (int)code & 1) << i;
        }
        return word;
    }

    private void Scan<TByte, TShort, TInt>(ReadOnlySpan<uint> codes, Span<ulong> words)
        where TByte : struct, ICodeTest<byte, TByte>
        where TShort : struct, ICodeTest<ushort, TShort>
        where TInt : struct, ICodeTest<uint, TInt>
    {
        switch (Width)
        {
            case 8:
                ValueScan.Run(data.Span, TByte.Create(codes), words);
                break;
            case 16:
                ValueScan.Run(MemoryMarshal.Cast<byte, ushort>(data.Span), TShort.Create(codes), words);
                break;
            case 32:
                ValueScan.Run(MemoryMarshal.Cast<byte, uint>(data.Span), TInt.Create(codes), words);
                break;
            default:
                ScanBlocks(TInt.Create(codes), words);
                break;
        }
    }

    private void ScanBlocks<TTest>(TTest test, Span<ulong> words) where TTest : struct, IValueTest<uint>
    {
        Span<uint> block = stackalloc uint[BlockRows];
        for (int start = 0; start < Count; start += BlockRows)
        {
            Span<uint> unpacked = block[..Math.Min(BlockRows, Count - start)];
            Unpack(start, unpacked);
            ValueScan.Run(unpacked, test, words[(start >> 6)..]);
        }
    }

    private void CheckRows(RowBitmap rows)
    {
        if (rows.RowCount != Count)
            throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the column {Count}.", nameof(rows));
    }
}
