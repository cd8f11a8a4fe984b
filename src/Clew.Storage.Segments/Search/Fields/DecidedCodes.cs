using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Remembers which values of a dictionary pass which test, because a table is asked the same again and again: for the next page, by everyone who looks at a
/// dashboard. One bit a value; it goes when the dictionary goes.
/// </summary>
internal sealed class DecidedCodes
{
    // 32 KiB a dictionary hold one decision about 256 Ki values. Of small dictionaries what a decision itself takes, some hundreds of bytes, is what counts.
    private const int WordsMax = 4096;
    private const int DecisionsMax = 32;

    private static readonly ConditionalWeakTable<ValueDictionary, DecidedCodes> All = [];

    private readonly Lock gate = new();
    private readonly Dictionary<Decision, RowBitmap> decided = [];
    private int words;

    /// <summary>As <see cref="ValueColumn.Match(ValuePredicate, RowBitmap?, RowBitmap)"/>, but what was decided about all values is asked only once.</summary>
    public static void Find(ValueColumn column, Decision decision, ValuePredicate predicate, RowBitmap among, RowBitmap rows)
    {
        if (column.Dictionary is not { } dictionary)
            column.Match(predicate, among, rows);
        else if (Known(dictionary, decision) is { } known)
            column.Codes.InSet(known, rows);
        else if (dictionary.Count <= among.Count())
            column.Codes.InSet(Decide(column, dictionary, decision, predicate), rows);
        else
            column.Match(predicate, among, rows);
    }

    /// <summary>Whether no value passes, if that is known or quickly found out.</summary>
    /// <param name="column">The column.</param>
    /// <param name="decision">Under which it is remembered.</param>
    /// <param name="predicate">Asked about at most <paramref name="valuesMax"/> values.</param>
    /// <param name="valuesMax">A larger dictionary is not asked.</param>
    public static bool PassNone(ValueColumn column, Decision decision, ValuePredicate predicate, int valuesMax)
    {
        if (column.Dictionary is not { } dictionary)
            return false;
        RowBitmap? codes = Known(dictionary, decision) ?? (dictionary.Count <= valuesMax ? Decide(column, dictionary, decision, predicate) : null);
        return codes is { IsEmpty: true };
    }

    private static RowBitmap? Known(ValueDictionary dictionary, Decision decision)
    {
        if (dictionary.MayHoldMore || !All.TryGetValue(dictionary, out DecidedCodes? memory))
            return null;
        lock (memory.gate)
            return memory.decided.GetValueOrDefault(decision);
    }

    // What is remembered is never disposed and never changed: other threads may be reading it when it is forgotten.
    private static RowBitmap Decide(ValueColumn column, ValueDictionary dictionary, Decision decision, ValuePredicate predicate)
    {
        RowBitmap codes = column.MatchValues(predicate);
        int size = RowBitmap.WordCount(codes.RowCount);
        // What grows is another dictionary at each look.
        if (size > WordsMax || dictionary.MayHoldMore)
            return codes;
        DecidedCodes memory = All.GetOrCreateValue(dictionary);
        lock (memory.gate)
        {
            if (memory.words + size > WordsMax || memory.decided.Count >= DecisionsMax)
            {
                memory.decided.Clear();
                memory.words = 0;
            }
            if (memory.decided.TryAdd(decision, codes))
                memory.words += size;
        }
        return codes;
    }
}
