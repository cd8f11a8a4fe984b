namespace Clew.Server.Web;

internal sealed partial class EnglishTexts
{
    public override string FindTraces => "Find traces";

    public override string AttributesExample => "customer.tier=gold error.type=timeout http.response.status_code>=500";

    public override string Examples => "Examples";

    public override string Last(string duration) => DurationText.TryParse(duration, out long ns) && Span(ns) is var (count, unit) ? count == 1 ? $"Last {unit}" : $"Last {count} {unit}s" : duration;

    public override string FixedRange => "From and to, UTC";

    public override string From => "from";

    public override string To => "to";

    public override string Apply => "Apply";

    public override string Filters => "Filters";

    public override string Reset => "Reset";

    public override string Done => "Done";

    public override string Operation => "Operation";

    public override string ChooseServiceFirst => "any; choose a service for a list";

    public override string Any => "any";

    public override string AnyStatus => "Any";

    public override string StatusOk => "OK";

    public override string StatusOkTitle => "No span of the trace failed";

    public override string StatusError => "Error";

    public override string StatusErrorTitle => "The span that meets the other conditions failed";

    public override string OfTheTrace => "of the trace";

    public override string Min => "min";

    public override string Max => "max";

    public override string MinimumDuration => "Minimum duration";

    public override string MaximumDuration => "Maximum duration";

    public override string TracesOnAPage => "Traces on a page";

    public override string ServicesInResults => "Services on this page";

    public override string Results => "Results";

    public override string QuestionNotUnderstood => "This question cannot be asked yet";

    public override string TracesFound(int found, bool more) => more ? $"more than {Count(found, "trace", "traces")}" : Count(found, "trace", "traces");

    public override string WithErrors(int traces) => $"{Format.Count(traces)} with errors";

    public override string AnsweredIn(string duration, int? drawn) => drawn is { } points ? $"answered in {duration}; the plot draws {Format.Count(points)}" : $"answered in {duration}";

    public override Phrase ResultsCut(string reason) => new(Phrase.Strong("The search was cut."), " " + reason);

    public override string NothingInLast(string duration) => DurationText.TryParse(duration, out long ns) && Span(ns) is var (count, unit) ? count == 1 ? $"No trace matches in the last {unit}." : $"No trace matches in the last {count} {unit}s." : NothingInRange;

    public override string NothingInRange => "No trace matches in this range.";

    public override string NoMoreTraces => "No more traces match.";

    public override Phrase WouldMatchWithout(string condition, int count, bool more) => new("Without ", Phrase.Code(condition), $" {AtLeast(count, more)} would match.");

    public override string WouldMatchInLast(string duration, int count, bool more) => $"{Last(duration)}: {AtLeast(count, more)} match.";

    public override string AtLeast(int count, bool more) => more ? $"more than {Format.Count(count)}" : Format.Count(count);

    public override string DropIt => "Drop it";

    public override string WidenTheRange => "Widen the range";

    public override string RowsShown(int rows, int found, bool more, bool continued) => continued ? $"{Format.Count(rows)} older traces" : more ? $"1 – {Format.Count(rows)} of more than {Format.Count(found)}" : $"1 – {Format.Count(rows)} of {Format.Count(found)}";

    public override string NextRows(int rows) => $"Next {Format.Count(rows)}";

    public override string Newest => "Back to the newest";

    public override string PlotSentence(int points) => $"Duration of {Count(points, "trace", "traces")} over time, logarithmic; below it how many began when";

    public override string PerBucket(int count, long bucketNs) =>
        bucketNs == 60_000_000_000 ? $"{Format.Count(count)}/min" : $"{Format.Count(count)} / {Format.Tick(bucketNs)}";

    public override string DurationFailed(string duration) => $"{duration}, failed";

    public override string OrphanSpans(int spans) => $"{Count(spans, "span points", "spans point")} to a parent that has not arrived";

    public override string MoreServices(int services) => Count(services, "more service", "more services");

    public override string FieldName(SearchField field) => field switch
    {
        SearchField.Attributes => Attributes,
        SearchField.Status => Status,
        SearchField.Min => MinimumDuration,
        SearchField.Max => MaximumDuration,
        SearchField.Range => "Time range",
        SearchField.Limit => TracesOnAPage,
        _ => "Page",
    };

    public override string Problem(SearchProblem problem) => problem.Kind switch
    {
        SearchProblemKind.Duration => $"{At(problem)}“{problem.Detail}” is no duration: a number and one of ns, us, ms, s, m, h, d.",
        SearchProblemKind.MaxBelowMin => $"The maximum {problem.Detail} lies below the minimum.",
        SearchProblemKind.Time => $"“{problem.Detail}” is no time: 2026-11-20 13:05, or Unix time.",
        SearchProblemKind.ToBeforeFrom => "The range ends before it begins.",
        SearchProblemKind.OpenQuote => $"{At(problem)}the quote is not closed.",
        SearchProblemKind.MissingKey => $"{At(problem)}a key is missing before “{problem.Detail}”.",
        SearchProblemKind.MissingValue => $"{At(problem)}a value is missing; \"\" stands for the empty one.",
        SearchProblemKind.Regex => $"{At(problem)}“{problem.Detail}” is no regular expression of the kind that cannot run away.",
        SearchProblemKind.Tags => $"tags must be a JSON object of strings: {{\"key\":\"value\"}}.",
        SearchProblemKind.TooMany => $"At most {problem.Detail} conditions.",
        SearchProblemKind.Number => $"“{problem.Detail}” is no number above zero.",
        SearchProblemKind.Refused => problem.Detail,
        _ => $"“{problem.Detail}” is not known here.",
    };
}
