using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>What a table keeps ready about its traces. It is about the table's part of each; only for a trace no other table has a part of it is about the trace.</summary>
internal interface ITraceSummaries
{
    /// <summary>Numbers of a trace, without reading any of its spans.</summary>
    TraceFigures FiguresOf(int trace);

    /// <summary>What <see cref="Query.TraceSummarizer"/> says of the trace's spans.</summary>
    TraceSummary SummaryOf(int trace);
}

/// <summary>Numbers of one table's part of a trace.</summary>
/// <param name="MinStartNs">Earliest start; 0 when no span has a time.</param>
/// <param name="EndNs">End of the span that ends last; 0 when no span has a time.</param>
/// <param name="SpanCount">Spans.</param>
/// <param name="ErrorCount">Spans with status error.</param>
/// <param name="OrphanCount">Spans whose parent is not in the part.</param>
/// <param name="RootRow">The row of the span that stands for the trace.</param>
internal readonly record struct TraceFigures(long MinStartNs, long EndNs, int SpanCount, int ErrorCount, int OrphanCount, int RootRow);
