namespace Clew.Storage.Segments;

/// <summary>
/// Distinct byte strings (UTF-8 text or raw bytes), each under a code from 0 to <see cref="Count"/> - 1. Immutable as seen from outside: any number of threads
/// may use one at once.
/// </summary>
internal abstract class ValueDictionary
{
    /// <summary>Values in one dictionary: what 25-bit codes can tell apart.</summary>
    public const int ValuesMax = 1 << 25;

    /// <summary>Bytes of all values of one dictionary, so that offsets and a stored section fit what they are kept in.</summary>
    public const int BytesMax = 1 << 28;

    public abstract int Count { get; }

    /// <summary>The bytes of a value. They do not change as long as they are held.</summary>
    /// <exception cref="SegmentFormatException">There is no such code: the codes and their dictionary do not belong together.</exception>
    public abstract ReadOnlySpan<byte> this[uint code] { get; }

    /// <summary>
    /// Whether it may hold values that no row has. One that grows does: values come before their rows, and of a span that turns out to be stored already.
    /// </summary>
    public virtual bool MayHoldMore => false;

    /// <summary>Whether codes ascend as the values' bytes do.</summary>
    public virtual bool IsSorted => false;

    /// <summary>The bytes of a value, for who goes through many in ascending order of codes: nothing is kept in a cache for it.</summary>
    /// <param name="code">The value's code.</param>
    /// <param name="scratch">The caller's own for this dictionary. The bytes are valid until it is used again.</param>
    /// <exception cref="SegmentFormatException"/>
    public virtual ReadOnlySpan<byte> Read(uint code, DictionaryScratch scratch) => this[code];

    /// <summary>Says exactly whether the value is there, and under which code.</summary>
    public abstract bool TryFind(ReadOnlySpan<byte> value, out uint code);

    /// <summary>The codes of the values that pass; each value is asked about once. The caller disposes the result.</summary>
    public virtual RowBitmap Match(ValueQuestion question)
    {
        RowBitmap codes = RowBitmap.Rent(Count);
        var scratch = new DictionaryScratch();
        try
        {
            for (int code = 0; code < Count; code++)
            {
                if (question.Passes(Read((uint)code, scratch)))
                    codes.Set(code);
            }
            return codes;
        }
        catch
        {
            codes.Dispose();
            throw;
        }
    }

    public static SegmentFormatException NoSuchCode(uint code, int count) =>
        new($"code {code} stands in a row, but there are {count} values", nameof(SectionType.Dictionary), 0);
}
