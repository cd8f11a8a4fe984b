namespace Clew.Server.Web;

/// <content>Words of the frame around every page, and those used on several.</content>
public abstract partial class Texts
{
    public abstract string Code { get; }

    public abstract string ShortName { get; }

    public abstract string SwitchToThis { get; }

    public abstract string SkipToContent { get; }

    public abstract string MainNavigation { get; }

    public abstract string Search { get; }

    public abstract string GoToTrace { get; }

    public abstract string TraceId { get; }

    public abstract string SwitchTheme { get; }

    public abstract string KeyboardAndHelp { get; }

    public abstract string SpansPerSecond(double rate);

    public abstract string Refused(long count);

    public abstract string IntakeTitle(double rate, long refused);

    public abstract string TryAgain { get; }

    public abstract Phrase StoreFailed(string reason);

    public abstract string Close { get; }

    public abstract string CopyLink { get; }

    public abstract string Download { get; }

    public abstract string Duration { get; }

    public abstract string Errors { get; }

    public abstract string Error { get; }

    public abstract string ErrorCount(long errors);

    public abstract string Service { get; }

    public abstract string Services { get; }

    public abstract string SpansHeader { get; }

    public abstract string SpanWord { get; }

    public abstract string Spans(long spans);

    public abstract string Trace { get; }

    public abstract string StartUtc { get; }

    public abstract string Attributes { get; }

    public abstract string Status { get; }

    public abstract string Incomplete { get; }

    public abstract string NoName { get; }

    public abstract string NoTime { get; }

    public abstract string Empty { get; }

    public abstract string Ago(long ns);

    public abstract string NoSuchPage { get; }
}
