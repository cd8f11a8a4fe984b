namespace Clew.Server.Web;

internal sealed partial class EnglishTexts
{
    public override string RootTook(string duration) => $"root {duration}";

    public override string Depth => "Depth";

    public override string CopyTraceId => "Copy trace ID";

    public override string CopySpanId => "Copy span ID";

    public override string SelfTime => "Self time";

    public override string SelfTimeByService => "by service, calls to others taken out";

    public override string Percent(double percent) => $"{percent:0}{Format.UnitSpace}%";

    public override string MoreShares(int services, double percent) => $"{Format.Count(services)} more {Percent(percent)}";

    public override Phrase OrphansOf(string service, int spans) => new(Phrase.Strong($"{Count(spans, "span", "spans")} of {service}"), spans == 1 ? " points to a parent that has not arrived." : " point to a parent that has not arrived.");

    public override string LookAgain => "Look again";

    public override string Views => "Views";

    public override string Timeline => "Timeline";

    public override string FindInTrace => "Find in trace";

    public override string MatchOf(int at, int matches) => matches == 0 ? "no match" : at > 0 ? $"{Format.Count(at)} of {Format.Count(matches)}" : Count(matches, "match", "matches");

    public override string PreviousMatch => "Previous match";

    public override string NextMatch => "Next match";

    public override string ClearFind => "Clear find";

    public override string Fold => "Fold";

    public override string FoldAll => "Fold all ]";

    public override string UnfoldAll => "Unfold all [";

    public override string FoldLevel => "Fold one level p";

    public override string UnfoldLevel => "Unfold one level o";

    public override string All => "All";

    public override string Level => "Level";

    public override string NameColumnWidth => "Width of the name column";

    public override string OverviewSentence => "Overview by depth. Drag to zoom.";

    public override string SpansBelow(int spans) => Count(spans, "span below", "spans below");

    public override string ErrorsFolded(int errors) => $"{Count(errors, "error", "errors")} in the folded spans";

    public override string ParentNotReceived(string id) => $"parent {id[..8]}… not received";

    public override string StartAndDuration(string start, string duration) => $"Start {start}, {duration}";

    public override string Events(int events) => Count(events, "event", "events");

    public override string SpansInRows(int spans, int rows, int folded) => folded > 0 ? $"{Count(spans, "span", "spans")} in {Count(rows, "row", "rows")}, {Format.Count(folded)} folded" : Count(spans, "span", "spans");

    public override string RowsNavigation => "Parts of the timeline";

    public override string RowsFromTo(int from, int to) => $"rows {Format.Count(from)} – {Format.Count(to)}";

    public override string NextPreviousSpan => "next, previous span";

    public override string UnfoldFoldAll => "unfold, fold all";

    public override string NextError => "next error";

    public override string AllKeys => "all keys";

    public override string Start => "Start";

    public override string Self => "Self";

    public override string Kind => "Kind";

    public override string FindSimilarTraces => "Find similar traces";

    public override string CopyAsJson => "Copy as JSON";

    public override string EventsHeader => "Events";

    public override string RelativeToSpanStart => "relative to span start";

    public override string StackTrace(int lines) => $"stack trace, {Count(lines, "line", "lines")}";

    public override string LinksHeader => "Links";

    public override string FollowsFrom => "follows from";

    public override string LinksTo => "links to";

    public override string ReferencedBy => "referenced by";

    public override string SpanNamed(string id) => $"span {id}";

    public override string Resource => "Resource";

    public override string Scope => "Scope";

    public override string LocalEndpoint => "Local endpoint";

    public override string RemoteEndpoint => "Remote endpoint";

    public override string TraceState => "Trace state";

    public override string Bytes(int bytes) => Count(bytes, "byte", "bytes");

    public override string LongText(string start, int length) => $"{start}… {Count(length, "character", "characters")}";

    public override string Dropped(uint attributes, uint events, uint links) => $"The sender dropped {List([(attributes, "attribute", "attributes"), (events, "event", "events"), (links, "link", "links")])} of this span.";

    public override string NegativeDuration => "The sender said it ended before it began; the duration was set to zero.";

    public override string Truncated => "At least one value was longer than the limit and has been cut.";

    public override string NoTrace => "No such trace";

    public override string NoTraceNamed(string id) => $"No trace {id}";

    public override string NotATraceId(string text) => text.Length == 0 ? "No trace ID was given" : $"“{text}” is not a trace ID";

    public override string TraceIdsAre => "A trace ID has 1 to 32 hexadecimal digits.";

    public override string KeptAre(long traces, long spans) => $"{Count(traces, "trace", "traces")} with {Count(spans, "span", "spans")} are kept at the moment; the oldest go first when the store is full.";

    public override string LateSpans => "Its spans may still be on their way: senders hold them back for some seconds.";
}
