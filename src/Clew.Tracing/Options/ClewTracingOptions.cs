using Clew.Tracing.Exporters;

namespace Clew.Tracing;

/// <summary>
/// What tracing does in this process. Filled from <c>JAEGER_*</c> variables, then <c>OTEL_*</c> variables, then the configuration section <c>Tracing</c>, then
/// by the application's own code, each going before those above it; docs/tracing.md has the table. Checked when the host starts.
/// </summary>
public sealed class ClewTracingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Tracing";

    /// <summary>False registers nothing and costs nothing. Read once, at start.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How the service is called in traces; the application's name where null.</summary>
    public string? ServiceName { get; set; }

    /// <summary>A group of services, or null.</summary>
    public string? ServiceNamespace { get; set; }

    /// <summary>The version; that of the entry assembly where null.</summary>
    public string? ServiceVersion { get; set; }

    /// <summary>Tells this process from others of the service; host name and process id where null.</summary>
    public string? ServiceInstanceId { get; set; }

    /// <summary>More attributes of the resource.</summary>
    public IDictionary<string, string> ResourceAttributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of activity sources of the application and its libraries to record, besides those of the platform. <c>*</c> stands for anything within a name.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary>
    /// Where spans go. Null: over OTLP, unless the application has added an OTLP exporter for traces itself. Empty: nowhere.
    /// </summary>
    public IReadOnlyList<TraceExporter>? Exporters { get; set; }

    /// <summary>Addresses and formats of the exporters.</summary>
    public ExportOptions Export { get; } = new();

    /// <summary>How spans are kept and repeated until the server takes them.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Which traces are recorded. Changes of the configuration take effect while running.</summary>
    public SamplerOptions Sampler { get; } = new();

    /// <summary>Which headers carry the context, and how far callers are believed.</summary>
    public PropagatorOptions Propagation { get; } = new();

    /// <summary>Spans of requests this process serves.</summary>
    public ServerSpanOptions Server { get; } = new();

    /// <summary>Spans of requests this process makes.</summary>
    public ClientSpanOptions Client { get; } = new();

    /// <summary>Messages sent and handled: RabbitMQ.Client 7 where the program has it, and spans made with <see cref="Messaging.MessagingSpans"/>.</summary>
    public MessagingSpanOptions Messaging { get; } = new();

    /// <summary>Trace ids in logs, and logs in traces.</summary>
    public LogOptions Logs { get; } = new();

    /// <summary>
    /// Address of Clew's pages, for links in logs; null where unknown. An exporter that sends to this machine leads to <c>http://localhost:16686</c>.
    /// </summary>
    public Uri? PageUrl { get; set; }

    /// <summary>How long the end of the program may wait for unsent spans.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What was wrong with values while they were read, each naming its key.</summary>
    internal List<string> Problems { get; } = [];
}
