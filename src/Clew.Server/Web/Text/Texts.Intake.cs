namespace Clew.Server.Web;

public abstract partial class Texts
{
    public abstract string Intake { get; }

    public abstract Phrase SentAndNothingHere { get; }

    public abstract string Receiving(double spansPerSecond, string ago);

    public abstract string SilentSince(string ago);

    public abstract string NothingSinceStart(string ago);

    public abstract string RefusedSinceStart(long requests, long spans);

    public abstract string CountedSince(string time);

    public abstract string NothingYetHelp { get; }

    public abstract string ShowHowToSend { get; }

    public abstract string Receivers { get; }

    public abstract string Receiver { get; }

    public abstract string Port { get; }

    public abstract string Queue(string name);

    public abstract string SmallBuffer(string granted, string asked);

    public abstract string Requests { get; }

    public abstract string BytesHeader { get; }

    public abstract string RefusedHeader { get; }

    public abstract string LastSpans { get; }

    public abstract string Never { get; }

    public abstract string Senders { get; }

    public abstract string ServicesSeen(int services);

    public abstract string MoreSenders(long count);

    public abstract string Client { get; }

    public abstract string UnknownClient { get; }

    public abstract string NoServiceName { get; }

    public abstract string NoSenders { get; }

    public abstract string NothingRefused { get; }

    public abstract string LastRefused { get; }

    public abstract string FromClient(string userAgent);

    public abstract string FirstBytesOf(int shown, int all);

    public abstract string RefusedUnread { get; }

    /// <summary>Of <see cref="Pipeline.ReceiverName"/>.</summary>
    public abstract string ReceiverWords(string receiver);

    /// <summary>What a reason for a refusal means, and what to do.</summary>
    public abstract string Advice(string reason);
}
