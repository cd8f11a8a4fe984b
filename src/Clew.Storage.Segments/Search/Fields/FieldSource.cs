using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Where the values of a field stand in a table. A row can have several. Rows are the spans of the table, or its events or links where a source is the
/// inside of a <see cref="ChildSource"/>. Immutable.
/// </summary>
internal abstract class FieldSource
{
    /// <summary>What <see cref="FindPassing"/> costs; without a test, <see cref="FindPresent"/>.</summary>
    public abstract SearchCost CostOf(ValueTest? test);

    /// <summary>Of how many values the test takes one, as far as that is known: the more, the fewer rows are likely to pass.</summary>
    public virtual int ValuesOf(SpanTable table, ValueTest test) => 1;

    /// <summary>Whether no row has a value, as far as can be told without looking at rows.</summary>
    public virtual bool IsAbsent(SpanTable table) => false;

    /// <summary>Whether no row has a value that passes, as far as can be told without looking at rows.</summary>
    public virtual bool CannotPass(SpanTable table, ValueTest test) => IsAbsent(table);

    /// <summary>The rows that have a value; what <paramref name="rows"/> held is overwritten.</summary>
    /// <param name="table">Where to look.</param>
    /// <param name="among">Only these rows count: what is said of others is undefined.</param>
    /// <param name="rows">Receives the answer.</param>
    public abstract void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows);

    /// <summary>The rows that have a value that passes.</summary>
    /// <inheritdoc cref="FindPresent"/>
    public abstract void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows);
}

/// <summary>Where the values of an attribute stand, which can also be listed. An array counts as itself and as its items.</summary>
internal abstract class AttributeValueSource : FieldSource
{
    /// <summary>Appends the values of one row.</summary>
    public abstract void Read(SpanTable table, int row, List<AttributeValue> values);

    /// <summary>Counts the values of the given rows.</summary>
    public abstract void Tally(SpanTable table, RowBitmap rows, ValueCounts counts);

    /// <summary>As <see cref="Tally"/>, row by row: for rows whose values stand in several places.</summary>
    protected void TallyEach(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        var values = new List<AttributeValue>();
        foreach (int row in rows)
        {
            values.Clear();
            Read(table, row, values);
            counts.Add(values, 1);
        }
    }
}
