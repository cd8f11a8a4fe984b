namespace Clew.Storage.Segments;

/// <summary>Verifies the checksums of sections one after the other, given in blocks that divide them anywhere.</summary>
internal struct SectionChecks
{
    private long leftOfSection;
    private uint checksum;
    private uint expected;
    private bool isWrong;

    /// <summary>Whether all that was taken are whole sections whose checksums match.</summary>
    public readonly bool AreRight => !isWrong && leftOfSection == 0;

    /// <summary>Takes the next bytes, at least a section's header of them where as many are left.</summary>
    /// <returns>How many were taken: a header that ends behind them is to come again, whole.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        while (taken < bytes.Length && !isWrong)
        {
            if (leftOfSection == 0)
            {
                if (bytes.Length - taken < SectionHeader.ByteCount && taken > 0)
                    break;
                if (!TryBegin(bytes[taken..]))
                    break;
                taken += SectionHeader.ByteCount;
            }
            int count = (int)Math.Min(leftOfSection, bytes.Length - taken);
            checksum = Crc32C.Compute(bytes.Slice(taken, count), checksum);
            taken += count;
            leftOfSection -= count;
            isWrong = leftOfSection == 0 && checksum != expected;
        }
        // What follows something wrong is passed over.
        return isWrong ? bytes.Length : taken;
    }

    private bool TryBegin(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SectionHeader.ByteCount)
        {
            isWrong = true;
            return false;
        }
        var header = SectionHeader.Read(bytes);
        leftOfSection = header.StoredLength;
        expected = header.Checksum;
        checksum = SectionHeader.ChecksumOf(bytes, default);
        isWrong = leftOfSection < 0;
        return !isWrong;
    }
}
