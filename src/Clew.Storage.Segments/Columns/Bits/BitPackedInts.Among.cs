namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    /// <summary>As <see cref="EqualTo(uint, RowBitmap)"/>, but only rows of <paramref name="among"/> count: what is said of others is undefined, which spares unpacking them.</summary>
    public void EqualTo(uint code, RowBitmap among, RowBitmap rows)
    {
        CheckRows(rows);
        // Whole bytes are scanned where they lie, quicker than one could tell which of them count.
        if (Width is 0 or 8 or 16 or 32 || code > CodeMax)
        {
            EqualTo(code, rows.Words);
            return;
        }
        rows.Clear();
        Span<uint> block = stackalloc uint[BlockRows];
        for (int start = 0; start < Count; start += BlockRows)
        {
            if (!Asked(among, start, out int count).ContainsAnyExcept(0UL))
                continue;
            Span<uint> unpacked = block[..count];
            Unpack(start, unpacked);
            ValueScan.Run(unpacked, new EqualTo<uint>(code), rows.Words[(start >> 6)..]);
        }
    }
}
