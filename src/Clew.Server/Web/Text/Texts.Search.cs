namespace Clew.Server.Web;

/// <content>Words of the search page.</content>
public abstract partial class Texts
{
    public abstract string FindTraces { get; }

    public abstract string AttributesExample { get; }

    public abstract string Examples { get; }

    public abstract string Last(string duration);

    public abstract string FixedRange { get; }

    public abstract string From { get; }

    public abstract string To { get; }

    public abstract string Apply { get; }

    public abstract string Filters { get; }

    public abstract string Reset { get; }

    public abstract string Done { get; }

    public abstract string Operation { get; }

    public abstract string ChooseServiceFirst { get; }

    public abstract string Any { get; }

    public abstract string AnyStatus { get; }

    public abstract string StatusOk { get; }

    public abstract string StatusOkTitle { get; }

    public abstract string StatusError { get; }

    public abstract string StatusErrorTitle { get; }

    public abstract string OfTheTrace { get; }

    public abstract string Min { get; }

    public abstract string Max { get; }

    public abstract string MinimumDuration { get; }

    public abstract string MaximumDuration { get; }

    public abstract string TracesOnAPage { get; }

    public abstract string ServicesInResults { get; }

    public abstract string Results { get; }

    public abstract string QuestionNotUnderstood { get; }

    public abstract string TracesFound(int found, bool more);

    public abstract string WithErrors(int traces);

    public abstract string AnsweredIn(string duration, int? drawn);

    public abstract Phrase ResultsCut(string reason);

    public abstract string NothingInLast(string duration);

    public abstract string NothingInRange { get; }

    public abstract string NoMoreTraces { get; }

    public abstract Phrase WouldMatchWithout(string condition, int count, bool more);

    public abstract string WouldMatchInLast(string duration, int count, bool more);

    public abstract string AtLeast(int count, bool more);

    public abstract string DropIt { get; }

    public abstract string WidenTheRange { get; }

    public abstract string RowsShown(int rows, int found, bool more, bool continued);

    public abstract string NextRows(int rows);

    public abstract string Newest { get; }

    public abstract string PlotSentence(int points);

    public abstract string PerBucket(int count, long bucketNs);

    public abstract string DurationFailed(string duration);

    public abstract string OrphanSpans(int spans);

    public abstract string MoreServices(int services);

    public abstract string FieldName(SearchField field);

    public abstract string Problem(SearchProblem problem);
}
