namespace Clew.Server.Web;

internal sealed partial class EnglishTexts
{
    public override string FirstTrace => "First trace";

    public override string NoSpansYet => "No spans yet";

    public override string RunningAndListening => "Clew is running and listening. Send a first trace from any program, then it shows up here by itself.";

    public override string WaitingForFirstSpan => "Waiting for the first span";

    public override string ListeningHere => "Listening on this machine";

    public override string Open => "open";

    public override string PortIsFor(ListenerPurpose purpose) => purpose switch
    {
        ListenerPurpose.OtlpGrpc => "OTLP over gRPC",
        ListenerPurpose.OtlpHttp => "OTLP over HTTP, protobuf or JSON",
        ListenerPurpose.Zipkin => "Zipkin",
        ListenerPurpose.JaegerHttp => "Jaeger Thrift over HTTP",
        ListenerPurpose.JaegerGrpc => "Jaeger over gRPC",
        ListenerPurpose.JaegerAgent => "Jaeger agent, UDP",
        ListenerPurpose.QueryGrpc => "Jaeger query API over gRPC",
        _ => "this page, and the query APIs",
    };

    public override Phrase BoundToLoopback(string setting) => new("Bound to loopback. To take spans from other machines start with ", Phrase.Code(setting), ".");

    public override string HowToSend => "How to send a first trace";

    public override string CopyCode => "Copy";

    public override string ProgrammingLanguage => "Language";

    public override string AddThePackages => "Add the packages";

    public override string InProgramCs => "In Program.cs";

    public override string AtStart => "At start";

    public override string RunWithTheAgent => "Run with the agent";

    public override string StartIt => "Start";

    public override string SendOneSpan => "Send one span";

    public override string CallYourProgram => "Call your program once";

    public override string LookHere => "Look here";

    public override string FirstTraceOpens => "Its first trace opens on this page.";

    public override string NoteOf(Sample sample) => sample switch
    {
        Sample.CSharp => "Any program with the OpenTelemetry SDK works without a change of code too, by the variable OTEL_EXPORTER_OTLP_ENDPOINT.",
        Sample.Go => "Programs with jaeger-client-go or zipkin-go need no change: Clew listens on their ports.",
        Sample.Java => "Nothing to compile. Brave reporters send to the Zipkin port, path /api/v2/spans.",
        Sample.JavaScript => "Programs that load modules with import use --import in place of --require.",
        Sample.Python => "Django, Flask, FastAPI, requests, SQLAlchemy and others are found by themselves.",
        _ => "The answer is {} with status 200 once the span is stored; it can be found at once.",
    };

    public override string Help => "Help";

    public override string HelpAttributes => "The attributes box";

    public override string HelpAttributesText => "Conditions stand side by side, divided by spaces; one span must meet them all. Values are compared as text, and as numbers where both are numbers.";

    public override IReadOnlyList<(string Keys, string Meaning)> HelpConditions { get; } =
    [
        ("key=value", "has this value; quotes around values with spaces"), ("key!=value", "has another value"), ("key>5  key>=5  key<5  key<=5", "compares numbers"),
        ("key=~GET.*  key!~GET.*", "the whole value matches a regular expression, or does not"), ("key", "is there at all"), ("error=true", "the span failed"), ("span:duration>1s", "takes long by itself"),
    ];

    public override string HelpFixedKeys => "Keys for what is not an attribute";

    public override string HelpFindText => "Words, or phrases in quotes. A span matches when any of them occurs in its service, its name, a key, a value or key=value of its attributes, events or resource, or is its span ID. -key leaves keys that contain the word out.";

    public override string HelpKeys => "Keys";

    public override IReadOnlyList<(string Keys, string Meaning)> KeyMeanings { get; } =
    [
        ("/", "trace ID box"), ("f  b", "next, previous span"), ("↑  ↓", "row above, below"), ("→  ←", "unfold, fold the row"), ("Enter", "open or close the detail"), ("[  ]", "unfold, fold all"), ("o  p", "unfold, fold one level"),
        ("e", "next error"), ("y", "copy the link of the span"), ("Ctrl+b  Ctrl+f", "find in trace"), ("Esc", "close the detail, show the whole trace"), ("?", "this page"),
    ];

    public override string HelpTimes => "All times are UTC. Durations have three significant digits. A service keeps its colour on every page; red always means an error.";
}
