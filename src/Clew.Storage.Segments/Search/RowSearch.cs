using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Finds the rows of tables for which a condition holds, as <see cref="SpanMatcher"/> decides. Prepared once (patterns compiled, literals encoded), used on many
/// tables; any number of threads may use one at once.
/// </summary>
internal sealed class RowSearch
{
    private readonly RowCondition root;

    /// <exception cref="QueryException">The condition is not valid: see <see cref="TraceQueryValidator"/>, or a regular expression is wrong.</exception>
    public RowSearch(SpanCondition condition)
    {
        TraceQueryValidator.Validate(condition);
        (root, IsExact) = ConditionCompiler.Compile(condition);
    }

    /// <summary>
    /// False when the condition asks for facts of the whole trace (<see cref="IntrinsicField.TraceDurationNs"/>, <see cref="IntrinsicField.RootName"/>,
    /// <see cref="IntrinsicField.RootServiceName"/>), which no table knows: then what is found is every row for which it may hold.
    /// </summary>
    public bool IsExact { get; }

    /// <summary>What its dearest part costs.</summary>
    public SearchCost Cost => root.Cost;

    /// <summary>Whether no row of the table can match, told from its keys and values without a look at its rows. False says nothing.</summary>
    public bool CannotMatch(SpanTable table) => root.CannotMatch(table);

    /// <summary>
    /// The rows in the range (<see cref="TraceTime.Contains"/>) for which the condition holds; what <paramref name="rows"/> held is overwritten. Asking
    /// <see cref="CannotMatch"/> first spares most tables that have none.
    /// </summary>
    /// <exception cref="OperationCanceledException">Between two parts of the condition.</exception>
    public void Find(SpanTable table, TimeRange range, RowBitmap rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (range == TimeRange.All)
            rows.SetAll();
        else
            table.StartsIn(range, rows);
        if (!rows.IsEmpty)
            root.Narrow(table, rows, cancellationToken);
    }
}
