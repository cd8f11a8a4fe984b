using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>The values of one type that an attribute has, one after the other without the rows that have none. Immutable.</summary>
internal interface IAttributeValues
{
    /// <summary>False when no value matches, as far as can be told without a scan. For operators that ask for any value.</summary>
    bool MayMatch(ValueMatcher matcher);

    /// <summary>Whether the matcher is asked about values one by one, which costs more than a scan.</summary>
    bool AsksEach(ValueMatcher matcher);

    /// <summary>The positions whose value matches; what <paramref name="positions"/> held is overwritten.</summary>
    /// <param name="matcher">The condition.</param>
    /// <param name="among">Only these positions count, what is said of others is undefined; null for all.</param>
    /// <param name="positions">Receives the answer.</param>
    void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions);

    /// <summary>Adds how often each value stands at the given positions. A value may come in several additions.</summary>
    void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts);

    AttributeValue Get(int position);

    void WriteTo(ColumnWriter writer);
}
