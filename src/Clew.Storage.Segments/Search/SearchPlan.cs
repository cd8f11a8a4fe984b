using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// How a query is searched, whatever the tables: which conditions lead to the traces that can answer it, and what is left to check of each. Immutable.
/// </summary>
internal sealed class SearchPlan
{
    /// <exception cref="QueryException">The query is not valid.</exception>
    public SearchPlan(TraceQuery query)
    {
        TraceQueryValidator.Validate(query);
        Query = query;
        Leads = [.. (query.Where is null ? [null] : LeadsOf(query.Where)).Select(static lead => new RowSearch(lead?.Condition ?? new SpanCondition.Always()))];
        LeadsDecide = query.RangeTarget == TimeRangeTarget.SpanStart && (query.Where is null || IsAnyOfSpans(query.Where)) && Leads.All(static lead => lead.IsExact);
    }

    public TraceQuery Query { get; }

    /// <summary>A trace that answers the query has a row that one of these finds.</summary>
    public IReadOnlyList<RowSearch> Leads { get; }

    /// <summary>Whether each trace with such a row in range answers the query: nothing is left to check.</summary>
    public bool LeadsDecide { get; }

    /// <summary>Whether looking at a table is so much work that it pays to have several threads do it.</summary>
    public bool IsDear => Leads.Any(static lead => lead.Cost >= SearchCost.Texts);

    /// <summary>The range rows have to be in to count for a condition.</summary>
    public TimeRange RowRange => Query.RangeTarget == TimeRangeTarget.SpanStart ? Query.Range : TimeRange.All;

    /// <summary>Those of the leads that may find a row in the table: none for most tables, told from its keys and values without a look at its rows.</summary>
    public List<RowSearch> LeadsTo(SpanTable table)
    {
        var leads = new List<RowSearch>(Leads.Count);
        foreach (RowSearch lead in Leads)
        {
            if (!lead.CannotMatch(table))
                leads.Add(lead);
        }
        return leads;
    }

    // Null stands for every row: what has to be absent leads nowhere.
    private static List<TraceCondition.AnySpan?> LeadsOf(TraceCondition condition)
    {
        switch (condition)
        {
            case TraceCondition.AnySpan any:
                return [any];
            case TraceCondition.And and:
                List<TraceCondition.AnySpan?> left = LeadsOf(and.Left), right = LeadsOf(and.Right);
                return Selectivity(left) >= Selectivity(right) ? left : right;
            case TraceCondition.Or or:
                return [.. LeadsOf(or.Left), .. LeadsOf(or.Right)];
            default:
                return [null];
        }
    }

    private static int Selectivity(List<TraceCondition.AnySpan?> leads) => leads.Min(static lead => lead is null ? 0 : Selectivity(lead.Condition));

    // An attribute's value tells more apart than a name or a service, and what is compared more than what only has to be there.
    private static int Selectivity(SpanCondition condition) => condition switch
    {
        SpanCondition.And and => Selectivity(and.Left) + Selectivity(and.Right),
        SpanCondition.Or or => Math.Min(Selectivity(or.Left), Selectivity(or.Right)),
        SpanCondition.Exists => 2,
        SpanCondition.Compare { Operator: ComparisonOperator.Equal or ComparisonOperator.Regex, Field: QueryField.Attribute } => 16,
        SpanCondition.Compare { Operator: ComparisonOperator.Equal or ComparisonOperator.Regex } => 8,
        SpanCondition.Compare => 4,
        SpanCondition.Always => 0,
        _ => 1,
    };

    // Then every leaf leads.
    private static bool IsAnyOfSpans(TraceCondition condition) => condition switch
    {
        TraceCondition.AnySpan => true,
        TraceCondition.Or or => IsAnyOfSpans(or.Left) && IsAnyOfSpans(or.Right),
        _ => false,
    };
}
