namespace Clew.Server.Web;

/// <content>Words of the first page of an empty store, and of help.</content>
public abstract partial class Texts
{
    public abstract string FirstTrace { get; }

    public abstract string NoSpansYet { get; }

    public abstract string RunningAndListening { get; }

    public abstract string WaitingForFirstSpan { get; }

    public abstract string ListeningHere { get; }

    public abstract string Open { get; }

    public abstract string PortIsFor(ListenerPurpose purpose);

    public abstract Phrase BoundToLoopback(string setting);

    public abstract string HowToSend { get; }

    public abstract string CopyCode { get; }

    public abstract string ProgrammingLanguage { get; }

    public abstract string AddThePackages { get; }

    public abstract string InProgramCs { get; }

    public abstract string AtStart { get; }

    public abstract string RunWithTheAgent { get; }

    public abstract string StartIt { get; }

    public abstract string SendOneSpan { get; }

    public abstract string CallYourProgram { get; }

    public abstract string LookHere { get; }

    public abstract string FirstTraceOpens { get; }

    public abstract string NoteOf(Sample sample);

    public abstract string Help { get; }

    public abstract string HelpAttributes { get; }

    public abstract string HelpAttributesText { get; }

    public abstract IReadOnlyList<(string Keys, string Meaning)> HelpConditions { get; }

    public abstract string HelpFixedKeys { get; }

    public abstract string HelpFindText { get; }

    public abstract string HelpKeys { get; }

    public abstract IReadOnlyList<(string Keys, string Meaning)> KeyMeanings { get; }

    public abstract string HelpTimes { get; }
}
