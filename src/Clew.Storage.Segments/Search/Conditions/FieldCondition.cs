using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// One comparison, or the question whether there is a value. A negative operator asks for rows that have a value and none that its positive twin finds,
/// so fields only ever answer two questions: which rows have a value, and which have one that passes.
/// </summary>
/// <param name="field">Where the values come from.</param>
/// <param name="test">What a value has to pass; null when being there is enough.</param>
/// <param name="asksForNone">Whether no value may pass, and there must be one.</param>
/// <param name="isNegated">Whether the rows are wanted for which all this does not hold.</param>
internal sealed class FieldCondition(FieldSource field, ValueTest? test, bool asksForNone, bool isNegated) : RowCondition
{
    public override SearchCost Cost { get; } = field.CostOf(test);

    public override int Selectivity(SpanTable table) => test is null || asksForNone || isNegated ? 1 : field.ValuesOf(table, test);

    // Where there are no values nothing passes, and nothing is there of which none passes.
    public override bool CannotMatch(SpanTable table) =>
        !isNegated && (test is null || asksForNone ? field.IsAbsent(table) : field.CannotPass(table, test));

    public override void Narrow(SpanTable table, RowBitmap rows, CancellationToken cancellationToken)
    {
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        if (test is not null && !asksForNone)
        {
            field.FindPassing(table, test, rows, found);
        }
        else
        {
            field.FindPresent(table, rows, found);
            if (test is not null)
                RemovePassing(table, test, rows, found);
        }
        if (isNegated)
            rows.AndNot(found);
        else
            rows.And(found);
    }

    private void RemovePassing(SpanTable table, ValueTest test, RowBitmap rows, RowBitmap present)
    {
        present.And(rows);
        if (present.IsEmpty)
            return;
        using RowBitmap passing = RowBitmap.Rent(rows.RowCount);
        field.FindPassing(table, test, present, passing);
        present.AndNot(passing);
    }
}
