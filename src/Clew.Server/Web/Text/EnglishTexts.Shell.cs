namespace Clew.Server.Web;

internal sealed partial class EnglishTexts
{
    public override string Code => "en";

    public override string ShortName => "EN";

    public override string SwitchToThis => "Switch to English";

    public override string SkipToContent => "Skip to content";

    public override string MainNavigation => "Main";

    public override string Search => "Search";

    public override string GoToTrace => "Go to a trace";

    public override string TraceId => "Trace ID";

    public override string SwitchTheme => "Switch theme";

    public override string KeyboardAndHelp => "Keyboard and help";

    public override string SpansPerSecond(double rate) => $"{Rate(rate)} spans/s";

    public override string Refused(long count) => $"{Format.Count(count)} refused";

    public override string IntakeTitle(double rate, long refused) => refused == 0 ? $"Intake: {Rate(rate)} spans a second, nothing refused" : $"Intake: {Rate(rate)} spans a second, {Refused(refused)} since start";

    public override string TryAgain => "Try again";

    public override Phrase StoreFailed(string reason) => new(Phrase.Strong("The store could not answer."), " " + reason);

    public override string Close => "Close";

    public override string CopyLink => "Copy link";

    public override string Download => "Download";

    public override string Duration => "Duration";

    public override string Errors => "Errors";

    public override string Error => "Error";

    public override string ErrorCount(long errors) => Count(errors, "error", "errors");

    public override string Service => "Service";

    public override string Services => "Services";

    public override string SpansHeader => "Spans";

    public override string SpanWord => "Span";

    public override string Spans(long spans) => Count(spans, "span", "spans");

    public override string Trace => "Trace";

    public override string StartUtc => "Start, UTC";

    public override string Attributes => "Attributes";

    public override string Status => "Status";

    public override string Incomplete => "Incomplete";

    public override string NoName => "(no name)";

    public override string NoTime => "no time";

    public override string Empty => "(empty)";

    public override string Ago(long ns) => ns < 0 ? "in the future" : Age(ns) is var (count, unit) && unit.Length > 0 ? $"{Format.Count(count)}{Format.UnitSpace}{unit} ago" : "just now";

    public override string NoSuchPage => "No such page";
}
