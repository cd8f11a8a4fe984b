namespace Clew.Storage.Segments;

internal sealed partial class StoredValueDictionary
{
    public override RowBitmap Match(ValueQuestion question)
    {
        if (question.Needle is not { } needle)
            return base.Match(question);
        RowBitmap codes = RowBitmap.Rent(Count);
        var scratch = new DictionaryBlock();
        try
        {
            for (int number = 0; number < entries.Length; number++)
            {
                DictionaryBlock? kept = Volatile.Read(ref blocks[number]);
                // Most blocks end here, without one of their values having been looked at.
                if (kept is null && !LoadIfItMayHave(needle, number, scratch))
                    continue;
                DictionaryBlock block = kept ?? scratch;
                for (int index = block.NextWith(needle, 0); index >= 0; index = block.NextWith(needle, index + 1))
                {
                    if (question.HoldsFor(block[index]))
                        codes.Set(entries[number].FirstCode + index);
                }
            }
            return codes;
        }
        catch
        {
            codes.Dispose();
            throw;
        }
    }

    private bool LoadIfItMayHave(byte[] needle, int number, DictionaryBlock block)
    {
        Load(block, number);
        if (!block.MayHave(needle))
            return false;
        Divide(block, number);
        return true;
    }
}
