using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>A text that stands in a column of its own: names, messages.</summary>
/// <param name="column">The column.</param>
/// <param name="emptyIsAbsent">Whether the empty text is no value.</param>
internal sealed class TextSource(Func<SpanTable, ValueColumn> column, bool emptyIsAbsent = false) : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is { Literal: null, TakesTexts: true } ? SearchCost.Texts : SearchCost.Codes;

    public override bool CannotPass(SpanTable table, ValueTest test) =>
        !test.TakesTexts || (test.Literal is { } literal && ((emptyIsAbsent && literal.Length == 0) || !column(table).MayContain(literal)));

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        if (emptyIsAbsent)
        {
            column(table).EqualTo([], rows);
            rows.Not();
        }
        else
        {
            rows.SetAll();
        }
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        if (!test.TakesTexts || (emptyIsAbsent && test.Literal is { Length: 0 }))
            rows.Clear();
        else if (test.Literal is { } literal)
            column(table).EqualTo(literal, rows);
        else
            DecidedCodes.Find(column(table), new Decision(test.Compare), new ValueQuestion(value => (!emptyIsAbsent || !value.IsEmpty) && test.PassesText(value), test.Needle), among, rows);
    }
}
