namespace Clew.Server.Web;

/// <content>Words of the trace page.</content>
public abstract partial class Texts
{
    public abstract string RootTook(string duration);

    public abstract string Depth { get; }

    public abstract string CopyTraceId { get; }

    public abstract string CopySpanId { get; }

    public abstract string SelfTime { get; }

    public abstract string SelfTimeByService { get; }

    public abstract string Percent(double percent);

    public abstract string MoreShares(int services, double percent);

    public abstract Phrase OrphansOf(string service, int spans);

    public abstract string LookAgain { get; }

    public abstract string Views { get; }

    public abstract string Timeline { get; }

    public abstract string FindInTrace { get; }

    public abstract string MatchOf(int at, int matches);

    public abstract string PreviousMatch { get; }

    public abstract string NextMatch { get; }

    public abstract string ClearFind { get; }

    public abstract string Fold { get; }

    public abstract string FoldAll { get; }

    public abstract string UnfoldAll { get; }

    public abstract string FoldLevel { get; }

    public abstract string UnfoldLevel { get; }

    public abstract string All { get; }

    public abstract string Level { get; }

    public abstract string NameColumnWidth { get; }

    public abstract string OverviewSentence { get; }

    public abstract string SpansBelow(int spans);

    public abstract string ErrorsFolded(int errors);

    public abstract string ParentNotReceived(string id);

    public abstract string StartAndDuration(string start, string duration);

    public abstract string Events(int events);

    public abstract string SpansInRows(int spans, int rows, int folded);

    public abstract string RowsNavigation { get; }

    public abstract string RowsFromTo(int from, int to);

    public abstract string NextPreviousSpan { get; }

    public abstract string UnfoldFoldAll { get; }

    public abstract string NextError { get; }

    public abstract string AllKeys { get; }

    public abstract string Start { get; }

    public abstract string Self { get; }

    public abstract string Kind { get; }

    public abstract string FindSimilarTraces { get; }

    public abstract string CopyAsJson { get; }

    public abstract string EventsHeader { get; }

    public abstract string RelativeToSpanStart { get; }

    public abstract string StackTrace(int lines);

    public abstract string LinksHeader { get; }

    public abstract string FollowsFrom { get; }

    public abstract string LinksTo { get; }

    public abstract string ReferencedBy { get; }

    public abstract string SpanNamed(string id);

    public abstract string Resource { get; }

    public abstract string Scope { get; }

    public abstract string LocalEndpoint { get; }

    public abstract string RemoteEndpoint { get; }

    public abstract string TraceState { get; }

    public abstract string Bytes(int bytes);

    public abstract string LongText(string start, int length);

    public abstract string Dropped(uint attributes, uint events, uint links);

    public abstract string NegativeDuration { get; }

    public abstract string Truncated { get; }

    public abstract string NoTrace { get; }

    public abstract string NoTraceNamed(string id);

    public abstract string NotATraceId(string text);

    public abstract string TraceIdsAre { get; }

    public abstract string KeptAre(long traces, long spans);

    public abstract string LateSpans { get; }
}
