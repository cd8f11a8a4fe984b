using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Kind or status: numbers that are compared by their words.</summary>
internal sealed class WordSource(Func<SpanTable, BitPackedInts> codes, Func<byte, string> wordOf) : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => SearchCost.Codes;

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        BitPackedInts column = codes(table);
        // Every number has a word, known or not; those that fit the column are asked.
        using RowBitmap passing = RowBitmap.Rent(1 << Math.Min(column.Width, 8));
        for (int code = 0; code < passing.RowCount; code++)
        {
            if (test.Passes(AttributeValue.From(wordOf((byte)code))))
                passing.Set(code);
        }
        column.InSet(passing, rows);
    }
}
