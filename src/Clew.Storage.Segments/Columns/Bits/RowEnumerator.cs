using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>Walks the set bits of words in ascending order.</summary>
internal ref struct RowEnumerator(ReadOnlySpan<ulong> words)
{
    private readonly ReadOnlySpan<ulong> words = words;
    private ulong word;
    private int index = -1;

    public int Current { get; private set; }

    public bool MoveNext()
    {
        while (word == 0)
        {
            if (++index >= words.Length)
                return false;
            word = words[index];
        }
        Current = (index << 6) + BitOperations.TrailingZeroCount(word);
        word &= word - 1;
        return true;
    }
}
