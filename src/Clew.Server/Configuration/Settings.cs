using System.Collections.Immutable;
using System.Net;
using Clew.Model;
using Clew.Query;
using Clew.Server.Configuration.Kinds;
using Clew.Storage.Segments.Wal;

namespace Clew.Server.Configuration;

/// <summary>
/// All settings, in the order in which they are applied and listed. Defaults are the initial values of the option records; a test holds
/// the two and <c>docs/configuration.md</c> together.
/// </summary>
internal static class Settings
{
    private const int BytesMin = 1 << 10;
    private const int BytesMax = 1 << 30;
    private const long TotalBytesMin = 1 << 20;
    private const long TotalBytesMax = 1L << 44;

    private static readonly EndpointKind Endpoint = new();
    private static readonly QuantityKind<int> Bytes = Quantity.Bytes(BytesMin, BytesMax);
    private static readonly QuantityKind<long> TotalBytes = Quantity.Bytes(TotalBytesMin, TotalBytesMax);
    private static readonly CountKind<int> Count = new(1, 100_000_000);

    /// <summary>listen.address stands before the listeners, which depend on it.</summary>
    public static ImmutableArray<Setting> All { get; } =
    [
        Listen("address", new AddressKind(), "Address of every listener that is given by a port alone.",
            o => o.Address, (o, v) => o with { Address = v }),
        Port("query", "Pages, Jaeger query API, health and metrics (HTTP).",
            o => o.Query, (o, v) => o with { Query = v }),
        Port("queryGrpc", "Jaeger query API over gRPC (HTTP/2 without TLS).",
            o => o.QueryGrpc, (o, v) => o with { QueryGrpc = v }),
        Port("otlpGrpc", "OTLP over gRPC (HTTP/2 without TLS).",
            o => o.OtlpGrpc, (o, v) => o with { OtlpGrpc = v }),
        Port("otlpHttp", "OTLP over HTTP: POST /v1/traces, protobuf and JSON.",
            o => o.OtlpHttp, (o, v) => o with { OtlpHttp = v }),
        Port("zipkin", "Zipkin: POST /api/v2/spans and /api/v1/spans, gRPC (HTTP/1.1 and HTTP/2 without TLS), and the Zipkin query API.",
            o => o.Zipkin, (o, v) => o with { Zipkin = v }),
        Port("jaegerHttp", "Jaeger collector: POST /api/traces (Thrift over HTTP).",
            o => o.JaegerHttp, (o, v) => o with { JaegerHttp = v }),
        Port("jaegerGrpc", "Jaeger collector over gRPC (HTTP/2 without TLS).",
            o => o.JaegerGrpc, (o, v) => o with { JaegerGrpc = v }),
        Port("jaegerCompact", "Jaeger agent, compact Thrift (UDP).",
            o => o.JaegerCompact, (o, v) => o with { JaegerCompact = v }),
        Port("jaegerCompactLegacy", "Jaeger agent, compact Thrift at its older port (UDP).",
            o => o.JaegerCompactLegacy, (o, v) => o with { JaegerCompactLegacy = v }),
        Port("jaegerBinary", "Jaeger agent, binary Thrift (UDP).",
            o => o.JaegerBinary, (o, v) => o with { JaegerBinary = v }),
        Port("sampling", "Sampling strategies for Jaeger's remote samplers: GET /sampling (HTTP).",
            o => o.Sampling, (o, v) => o with { Sampling = v }),

        Limit("requestBytesMax", Bytes, "Bytes of one request as received, possibly compressed.",
            o => o.RequestBytesMax, (o, v) => o with { RequestBytesMax = v }),
        Limit("requestBytesDecompressedMax", Bytes, "Bytes of one request after decompression.",
            o => o.RequestBytesDecompressedMax, (o, v) => o with { RequestBytesDecompressedMax = v }),
        Limit("attributesPerSpanMax", Count, "Attributes of one span, event or link; more are cut and counted on it.",
            o => o.AttributesPerSpanMax, (o, v) => o with { AttributesPerSpanMax = v }),
        Limit("eventsPerSpanMax", Count, "Events of one span; more are cut and counted on it.",
            o => o.EventsPerSpanMax, (o, v) => o with { EventsPerSpanMax = v }),
        Limit("linksPerSpanMax", Count, "Links of one span; more are cut and counted on it.",
            o => o.LinksPerSpanMax, (o, v) => o with { LinksPerSpanMax = v }),
        Limit("valueBytesMax", Bytes, "Bytes of one attribute value; longer text is cut and the span marked.",
            o => o.ValueBytesMax, (o, v) => o with { ValueBytesMax = v }),
        Limit("nameBytesMax", Quantity.Bytes(64, 1 << 20), "Bytes of one span, event, service or scope name or attribute key; longer ones are cut and the span marked.",
            o => o.NameBytesMax, (o, v) => o with { NameBytesMax = v }),
        Rows("spansMax", "Spans of one request.",
            o => o.SpansMax, (o, v) => o with { SpansMax = v }),
        Rows("spanAttributesMax", "Attributes of all spans of one request together.",
            o => o.SpanAttributesMax, (o, v) => o with { SpanAttributesMax = v }),
        Rows("otherAttributesMax", "Attributes of all resources, scopes, events and links of one request together.",
            o => o.OtherAttributesMax, (o, v) => o with { OtherAttributesMax = v }),
        Rows("elementsMax", "Items of all array and key-value-list values of one request together.",
            o => o.ElementsMax, (o, v) => o with { ElementsMax = v }),
        Rows("eventsMax", "Events of all spans of one request together.",
            o => o.EventsMax, (o, v) => o with { EventsMax = v }),
        Rows("linksMax", "Links of all spans of one request together.",
            o => o.LinksMax, (o, v) => o with { LinksMax = v }),
        Rows("resourcesMax", "Resources, scopes and endpoints of one request, each.",
            o => o.ResourcesMax, (o, v) => o with { ResourcesMax = v }),
        Limit("depthMax", new CountKind<int>(1, 100), "Nesting of attribute values.",
            o => o.Batch.DepthMax, (o, v) => o with { Batch = o.Batch with { DepthMax = v } }),

        Ingest("inFlightBytesMax", TotalBytes, "Bytes of all requests being received, decoded or stored; beyond it they wait.",
            o => o.InFlightBytesMax, (o, v) => o with { InFlightBytesMax = v }),
        Ingest("queueBytesMax", TotalBytes, "Bytes that requests may wait for when ingest.inFlightBytesMax is in use; beyond it they are answered as overload at once.",
            o => o.QueueBytesMax, (o, v) => o with { QueueBytesMax = v }),
        Ingest("batchesInFlightMax", new CountKind<int>(1, 10_000), "Batches that are decoded or stored at once; more wait.",
            o => o.BatchesInFlightMax, (o, v) => o with { BatchesInFlightMax = v }),
        Ingest("queueWaitMs", Quantity.Milliseconds(0, 60_000), "How long a request waits for room before it is answered as overload.",
            o => o.QueueWaitMs, (o, v) => o with { QueueWaitMs = v }),
        Ingest("udpQueueDatagramsMax", new CountKind<int>(1, 1_000_000), "Datagrams that wait to be decoded, per UDP listener; more are dropped and counted.",
            o => o.UdpQueueDatagramsMax, (o, v) => o with { UdpQueueDatagramsMax = v }),
        Ingest("udpReceiveBufferBytes", Quantity.Bytes(0, BytesMax), "Receive buffer asked of the operating system, per UDP listener; 0 leaves the system's own.",
            o => o.UdpReceiveBufferBytes, (o, v) => o with { UdpReceiveBufferBytes = v }),

        Store("type", Words.Of(StoreOptions.Segments, StoreOptions.Memory), "The kind of store: on disk, or in memory for tests and short experiments.",
            o => o.Type, (o, v) => o with { Type = v }, "store"),
        Store("directory", new PathKind("DIR"), "Data directory. Without it a folder 'clew' in the user's data folder.",
            o => o.Directory, (o, v) => o with { Directory = v }, "data-dir"),
        Store("durability", Words.OfEnum<WalDurability>(), "What an acknowledgement has behind it: the device (fsync), or the operating system, with a flush every 200 ms (os).",
            o => o.Durability, (o, v) => o with { Durability = v }),
        Store("retentionAge", new OrWordKind<long>(Quantity.Seconds(60, 100L * 365 * 86_400)), "Age since arrival at which spans are deleted.",
            o => o.RetentionAgeSeconds, (o, v) => o with { RetentionAgeSeconds = v }),
        Store("retentionBytes", new OrWordKind<long>(TotalBytes), "Bytes of segments on disk at which the oldest are deleted.",
            o => o.RetentionBytes, (o, v) => o with { RetentionBytes = v }),
        Store("headSpansMax", new CountKind<int>(1, 1_000_000), "Spans at which what is in memory is written out as a segment.",
            o => o.HeadSpansMax, (o, v) => o with { HeadSpansMax = v }),
        Store("headBytesMax", TotalBytes, "Approximate bytes at which what is in memory is written out as a segment.",
            o => o.HeadBytesMax, (o, v) => o with { HeadBytesMax = v }),
        Store("headsWaitingMax", new CountKind<int>(1, 100), "Full heads that may wait to be written out; then senders wait, and are told to come back later.",
            o => o.HeadsWaitingMax, (o, v) => o with { HeadsWaitingMax = v }),
        Store("segmentSpansMax", new CountKind<int>(1, 4_000_000), "Spans of a compacted segment; segments of over a third of it are not merged.",
            o => o.SegmentSpansMax, (o, v) => o with { SegmentSpansMax = v }),
        Store("cacheBytes", TotalBytes, "Bytes of decoded dictionary blocks that are kept for the next question. Filters of ids take half as many besides.",
            o => o.CacheBytes, (o, v) => o with { CacheBytes = v }),
        Store("traceDirectoryBytesMax", TotalBytes, "Bytes of what says in memory which segments may hold a trace, about two a trace and segment; segments that do not fit are asked one by one.",
            o => o.TraceDirectoryBytesMax, (o, v) => o with { TraceDirectoryBytesMax = v }),
        Store("sealingGarbageBytesMax", new OrWordKind<long>(TotalBytes), "Bytes allocated after which the memory that writing segments left behind is collected, in the background.",
            o => o.SealingGarbageBytesMax, (o, v) => o with { SealingGarbageBytesMax = v }),
        Store("searchHelpersMax", new OrWordKind<int>(new CountKind<int>(0, 1_000), OrWord.Auto), "Threads that help those of their callers with long searches, all searches together; auto is half of the processors.",
            o => o.SearchHelpersMax, (o, v) => o with { SearchHelpersMax = v }),
        Store("searchTimeMaxMs", Quantity.Milliseconds(100, 3_600_000), "Time after which a search answers with what it has found, marked as incomplete.",
            o => o.SearchTimeMaxMs, (o, v) => o with { SearchTimeMaxMs = v }),
        Store("spansMax", new CountKind<int>(1, int.MaxValue), "Spans the memory store keeps; the oldest traces go first.",
            o => o.SpansMax, (o, v) => o with { SpansMax = v }),
        Store("bytesMax", TotalBytes, "Approximate bytes the memory store keeps; the oldest traces go first.",
            o => o.BytesMax, (o, v) => o with { BytesMax = v }),

        new Setting<string>("archive.directory", new PathKind("DIR"), "Where archived traces are kept, a file each. Without it a folder 'archive' in the data directory; in memory with --store memory.",
            o => o.Archive.Directory, (o, v) => o with { Archive = o.Archive with { Directory = v } }),
        new Setting<long>("archive.bytesMax", TotalBytes, "Bytes of all archived traces; when they are full, archiving is refused.",
            o => o.Archive.BytesMax, (o, v) => o with { Archive = o.Archive with { BytesMax = v } }),

        new Setting<EquatableList<string>>("cors.allowedOrigins", new OriginsKind(), "Origins of web pages that may send spans and ask questions.",
            o => o.Cors.AllowedOrigins, (o, v) => o with { Cors = o.Cors with { AllowedOrigins = v } }),
        new Setting<LogLevel>("log.level", Words.OfEnum<LogLevel>(), "The least level written to standard error.",
            o => o.Log.Level, (o, v) => o with { Log = o.Log with { Level = v } }),
        new Setting<LogFormat>("log.format", Words.OfEnum<LogFormat>(), "One text line or one JSON object an entry.",
            o => o.Log.Format, (o, v) => o with { Log = o.Log with { Format = v } }),
        new Setting<string>("web.basePath", new PathPrefixKind(), "Path prefix under which a proxy publishes the query listener.",
            o => o.Web.BasePath, (o, v) => o with { Web = o.Web with { BasePath = v } }),
        new Setting<int>("query.limitMax", new CountKind<int>(1, TraceQueryValidator.LimitMax), "The largest number of results a search may ask for.",
            o => o.Query.LimitMax, (o, v) => o with { Query = o.Query with { LimitMax = v } }),
        new Setting<int>("query.clockSkewAdjustMaxMs", Quantity.Milliseconds(0, 3_600_000), "How far Jaeger's API moves a span whose host has a wrong clock; 0 moves none, but warns.",
            o => o.Query.ClockSkewAdjustMaxMs, (o, v) => o with { Query = o.Query with { ClockSkewAdjustMaxMs = v } }),
        new Setting<int>("query.stallMaxMs", Quantity.Milliseconds(100, 3_600_000), "How long a streamed gRPC answer waits for a reader that takes nothing before its call is cut off.",
            o => o.Query.StallMaxMs, (o, v) => o with { Query = o.Query with { StallMaxMs = v } }),

        new Setting<bool>("zipkin.strictTraceId", Words.YesNo, "Whether Zipkin's API tells trace ids apart by all their 128 bits; false takes those that share the low 64 for one trace.",
            o => o.Zipkin.StrictTraceId, (o, v) => o with { Zipkin = o.Zipkin with { StrictTraceId = v } }),

        Sampling("mode", Words.OfEnum<SamplingMode>(), "Who says what is sampled: the strategies file, or a calculation from the traffic.",
            o => o.Mode, (o, v) => o with { Mode = v }),
        Sampling("strategiesFile", new PathKind("FILE"), "A strategies file in Jaeger's JSON format; read again when it changes.",
            o => o.StrategiesFile, (o, v) => o with { StrategiesFile = v }),
        Sampling("reloadIntervalMs", Quantity.Milliseconds(10, 3_600_000), "How often sampling.strategiesFile is looked at where changes are not told.",
            o => o.ReloadIntervalMs, (o, v) => o with { ReloadIntervalMs = v }),
        Sampling("defaultProbability", new NumberKind(0, 1), "Probability for services about which nothing else is said.",
            o => o.DefaultProbability, (o, v) => o with { DefaultProbability = v }),
        Adaptive("targetSamplesPerSecond", new NumberKind(0.0001, 1_000_000), "Sampled traces a second that every operation is to have.",
            o => o.TargetSamplesPerSecond, (o, v) => o with { TargetSamplesPerSecond = v }),
        Adaptive("deltaTolerance", new NumberKind(0, 1), "Share of the target by which the rate may be off without a change.",
            o => o.DeltaTolerance, (o, v) => o with { DeltaTolerance = v }),
        Adaptive("calculationIntervalMs", Quantity.Milliseconds(1000, 3_600_000), "How often probabilities are calculated.",
            o => o.CalculationIntervalMs, (o, v) => o with { CalculationIntervalMs = v }),
        Adaptive("aggregationBuckets", new CountKind<int>(1, 100), "Intervals whose rates are averaged, newer ones weighing more.",
            o => o.AggregationBuckets, (o, v) => o with { AggregationBuckets = v }),
        Adaptive("delayMs", Quantity.Milliseconds(0, 3_600_000), "How long counted spans wait before they are calculated with.",
            o => o.DelayMs, (o, v) => o with { DelayMs = v }),
        Adaptive("initialProbability", new NumberKind(0, 1), "Probability of an operation not seen before.",
            o => o.InitialProbability, (o, v) => o with { InitialProbability = v }),
        Adaptive("minProbability", new NumberKind(0, 1), "Least probability.",
            o => o.MinProbability, (o, v) => o with { MinProbability = v }),
        Adaptive("minSamplesPerSecond", new NumberKind(0, 1_000_000), "Traces a second that clients sample of each operation whatever its probability.",
            o => o.MinSamplesPerSecond, (o, v) => o with { MinSamplesPerSecond = v }),
        Adaptive("operationsMax", new CountKind<int>(1, 100_000), "Operations of all services that are counted and handed out; more keep sampling.adaptive.initialProbability.",
            o => o.OperationsMax, (o, v) => o with { OperationsMax = v }),

        RabbitMq("uri", new BrokerUriKind(), "RabbitMQ broker to take Zipkin clients' spans from; amqps is TLS. User, password and virtual host in it go before the settings below.",
            o => o.Uri, (o, v) => o with { Uri = v }),
        RabbitMq("addresses", new BrokerAddressesKind(), "Brokers of a cluster instead of rabbitMq.uri; the first that answers is used.",
            o => o.Addresses, (o, v) => o with { Addresses = v }),
        RabbitMq("queue", new TextKind("NAME"), "The queue; declared durable when it is not there.",
            o => o.Queue, (o, v) => o with { Queue = v }),
        RabbitMq("virtualHost", new TextKind("NAME"), "Virtual host of the queue.",
            o => o.VirtualHost, (o, v) => o with { VirtualHost = v }),
        RabbitMq("user", new TextKind("NAME"), "User to log in as.",
            o => o.User, (o, v) => o with { User = v }),
        RabbitMq("password", new SecretKind(), "Password to log in with.",
            o => o.Password, (o, v) => o with { Password = v }),
        RabbitMq("tls", Words.YesNo, "TLS to rabbitMq.addresses.",
            o => o.Tls, (o, v) => o with { Tls = v }),
        RabbitMq("concurrency", new CountKind<int>(1, 64), "Consumers of the queue, each with a channel of its own.",
            o => o.Concurrency, (o, v) => o with { Concurrency = v }),
        RabbitMq("prefetchMax", new CountKind<int>(1, 1000), "Messages a consumer has in hand at once; the others stay with the broker.",
            o => o.PrefetchMax, (o, v) => o with { PrefetchMax = v }),
        RabbitMq("connectTimeoutMs", Quantity.Milliseconds(1, 600_000), "How long to try to connect to one address.",
            o => o.ConnectTimeoutMs, (o, v) => o with { ConnectTimeoutMs = v }),
    ];

    private static Setting<T> Listen<T>(string name, ValueKind<T> kind, string help, Func<ListenOptions, T> get, Func<ListenOptions, T, ListenOptions> set) =>
        new("listen." + name, kind, help, o => get(o.Listen), (o, v) => o with { Listen = set(o.Listen, v) });

    private static Setting<IPEndPoint?> Port(string name, string help, Func<ListenOptions, IPEndPoint?> get, Func<ListenOptions, IPEndPoint?, ListenOptions> set) =>
        Listen(name, Endpoint, help, get, set);

    private static Setting<T> Limit<T>(string name, ValueKind<T> kind, string help, Func<LimitOptions, T> get, Func<LimitOptions, T, LimitOptions> set) =>
        new("limits." + name, kind, help, o => get(o.Limits), (o, v) => o with { Limits = set(o.Limits, v) });

    private static Setting<int> Rows(string name, string help, Func<SpanBatchLimits, int> get, Func<SpanBatchLimits, int, SpanBatchLimits> set) =>
        Limit(name, Count, help,
            o => get(o.Batch), (o, v) => o with { Batch = set(o.Batch, v) });

    private static Setting<T> Ingest<T>(string name, ValueKind<T> kind, string help, Func<IngestOptions, T> get, Func<IngestOptions, T, IngestOptions> set) =>
        new("ingest." + name, kind, help, o => get(o.Ingest), (o, v) => o with { Ingest = set(o.Ingest, v) });

    private static Setting<T> Store<T>(
        string name, ValueKind<T> kind, string help, Func<StoreOptions, T> get, Func<StoreOptions, T, StoreOptions> set, string? shortName = null) =>
        new("store." + name, kind, help, o => get(o.Store), (o, v) => o with { Store = set(o.Store, v) }) { ShortName = shortName };

    private static Setting<T> Sampling<T>(string name, ValueKind<T> kind, string help, Func<SamplingOptions, T> get, Func<SamplingOptions, T, SamplingOptions> set) =>
        new("sampling." + name, kind, help, o => get(o.Sampling), (o, v) => o with { Sampling = set(o.Sampling, v) });

    private static Setting<T> Adaptive<T>(string name, ValueKind<T> kind, string help, Func<AdaptiveOptions, T> get, Func<AdaptiveOptions, T, AdaptiveOptions> set) =>
        Sampling("adaptive." + name, kind, help, o => get(o.Adaptive), (o, v) => o with { Adaptive = set(o.Adaptive, v) });

    private static Setting<T> RabbitMq<T>(string name, ValueKind<T> kind, string help, Func<RabbitMqOptions, T> get, Func<RabbitMqOptions, T, RabbitMqOptions> set) =>
        new("rabbitMq." + name, kind, help, o => get(o.RabbitMq), (o, v) => o with { RabbitMq = set(o.RabbitMq, v) });
}
