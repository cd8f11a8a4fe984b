using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Remembers which values of a dictionary pass which test, because a table is asked the same again and again: for the next page, by everyone who looks at a
/// dashboard. One bit a value. A dictionary's goes when the dictionary goes, and all of it is forgotten when together they take too much.
/// </summary>
internal sealed class DecidedCodes
{
    // A bitmap of 256 Ki values, 32 KiB: a segment has no more rows. To decide about them takes tens of milliseconds.
    private const int WordsMax = 4096;
    private const int DecisionsMax = 32;

    // What a decision takes beside its bits, roughly: the bitmap, the entry, the literal.
    private const long BytesADecision = 256;
    private const long BytesMax = 32 << 20;

    private static readonly ConditionalWeakTable<ValueDictionary, DecidedCodes> All = [];
    private static long bytesOfAll;

    private readonly Lock gate = new();
    private readonly Dictionary<Decision, RowBitmap> decided = [];

    /// <summary>As <see cref="ValueColumn.Match(ValueQuestion, RowBitmap?, RowBitmap)"/>, but what was decided about all values is asked only once.</summary>
    public static void Find(ValueColumn column, Decision decision, ValueQuestion question, RowBitmap? among, RowBitmap rows)
    {
        if (column.Dictionary is not { MayHoldMore: false } dictionary)
            column.Match(question, among, rows);
        else if (Known(dictionary, decision) is { } known)
            column.Codes.InSet(known, rows);
        else if (among is null || dictionary.Count <= among.Count())
            column.Codes.InSet(Decide(column, dictionary, decision, question), rows);
        else
            column.Match(question, among, rows);
    }

    /// <summary>Whether no value passes, if that is known or quickly found out.</summary>
    /// <param name="column">The column.</param>
    /// <param name="decision">Under which it is remembered.</param>
    /// <param name="question">Asked about at most <paramref name="valuesMax"/> values.</param>
    /// <param name="valuesMax">A larger dictionary is not asked.</param>
    public static bool PassNone(ValueColumn column, Decision decision, ValueQuestion question, int valuesMax)
    {
        if (column.Dictionary is not { } dictionary)
            return false;
        RowBitmap? codes = Known(dictionary, decision) ?? (dictionary.Count <= valuesMax ? Decide(column, dictionary, decision, question) : null);
        return codes is { IsEmpty: true };
    }

    private static RowBitmap? Known(ValueDictionary dictionary, Decision decision)
    {
        // What grows is another dictionary at each look.
        if (dictionary.MayHoldMore || !All.TryGetValue(dictionary, out DecidedCodes? memory))
            return null;
        lock (memory.gate)
            return memory.decided.GetValueOrDefault(decision);
    }

    // What is remembered is never disposed and never changed: other threads may be reading it when it is forgotten.
    private static RowBitmap Decide(ValueColumn column, ValueDictionary dictionary, Decision decision, ValueQuestion question)
    {
        RowBitmap codes = column.MatchValues(question);
        int words = RowBitmap.WordCount(codes.RowCount);
        if (words > WordsMax || dictionary.MayHoldMore)
            return codes;
        long bytes = words * sizeof(ulong) + BytesADecision;
        if (Interlocked.Add(ref bytesOfAll, bytes) > BytesMax)
        {
            All.Clear();
            Interlocked.Exchange(ref bytesOfAll, bytes);
        }
        DecidedCodes memory = All.GetOrCreateValue(dictionary);
        lock (memory.gate)
        {
            if (memory.decided.Count >= DecisionsMax)
                memory.decided.Clear();
            memory.decided[decision] = codes;
        }
        return codes;
    }
}
