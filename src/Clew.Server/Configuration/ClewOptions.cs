namespace Clew.Server.Configuration;

/// <summary>
/// The validated configuration of one server process: what <see cref="OptionsReader"/> made of defaults, file, environment and command
/// line. The initial values here are the defaults; <c>docs/configuration.md</c> lists them all.
/// </summary>
internal sealed record ClewOptions
{
    public ListenOptions Listen { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public IngestOptions Ingest { get; init; } = new();

    public StoreOptions Store { get; init; } = new();

    public ArchiveOptions Archive { get; init; } = new();

    public CorsOptions Cors { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    public WebOptions Web { get; init; } = new();

    public QueryOptions Query { get; init; } = new();

    public SamplingOptions Sampling { get; init; } = new();

    public ZipkinOptions Zipkin { get; init; } = new();

    public RabbitMqOptions RabbitMq { get; init; } = new();
}
