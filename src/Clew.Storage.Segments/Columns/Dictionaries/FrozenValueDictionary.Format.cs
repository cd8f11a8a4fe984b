namespace Clew.Storage.Segments;

internal sealed partial class FrozenValueDictionary
{
    // Blocks are at most twice that long but for single values, whose inside repeats within it just as well.
    private const int BrotliWindowBits = 16;

    /// <summary>
    /// One section: count (varint), number of blocks (varint), for each block its values, raw bytes, stored bytes and separator's bytes (varints), all
    /// separators, all blocks. See docs/format/columns.md.
    /// </summary>
    public void WriteTo(ColumnWriter writer)
    {
        using var table = new PooledBytes();
        using var separators = new PooledBytes();
        using var blocks = new PooledBytes();
        using var raw = new PooledBytes();
        int blockCount = 0;
        for (int first = 0; first < Count; blockCount++)
        {
            int count = BlockOf(first);
            raw.Clear();
            for (int i = first; i < first + count; i++)
                raw.WriteVarint((ulong)At(i).Length);
            int start = first == 0 ? 0 : ends.Span[first - 1];
            raw.Write(values.Span[start..ends.Span[first + count - 1]]);
            int stored = Brotli.AppendSmaller(raw.Written, blocks, BrotliWindowBits);
            ReadOnlySpan<byte> separator = first == 0 ? default : SeparatorBefore(first);
            separators.Write(separator);
            table.WriteVarint((ulong)count);
            table.WriteVarint((ulong)raw.Written.Length);
            table.WriteVarint((ulong)stored);
            table.WriteVarint((ulong)separator.Length);
            first += count;
        }
        writer.Begin(SectionType.Dictionary, StoredValueDictionary.Version);
        writer.WriteVarint((ulong)Count);
        writer.WriteVarint((ulong)blockCount);
        writer.WriteBytes(table.Written);
        writer.WriteBytes(separators.Written);
        writer.WriteBytes(blocks.Written);
        writer.End(tryBrotli: false);
    }

    // How many values from this one on make a block. A length takes up to five bytes beside the value.
    private int BlockOf(int first)
    {
        int bytes = 0, count = 0;
        while (first + count < Count)
        {
            int length = At(first + count).Length + 5;
            if (count > 0 && bytes + length > DictionaryBlock.SharedBytesMax)
                break;
            bytes += length;
            count++;
            if (bytes >= (count >= DictionaryBlock.ManyValues ? DictionaryBlock.BytesTargetOfMany : DictionaryBlock.BytesTarget))
                break;
        }
        return count;
    }

    // The shortest beginning of a value that is above the value before it: enough to tell which block something would be in.
    private ReadOnlySpan<byte> SeparatorBefore(int index)
    {
        ReadOnlySpan<byte> value = At(index);
        return value[..(At(index - 1).CommonPrefixLength(value) + 1)];
    }
}
