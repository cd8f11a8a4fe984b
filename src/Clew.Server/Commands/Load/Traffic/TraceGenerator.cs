using Clew.Model;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>
/// Makes traces of the shape real systems have: 5 to 100 spans (lognormal), calls from service to service with database, messaging and
/// internal work under them, durations lognormal over five decades, about 1 % errors, 5 % spans with events, few links. The same traces
/// from the same seed, apart from the times. Not safe for threads.
/// </summary>
internal sealed class TraceGenerator
{
    private const int SpansMin = 5;
    private const int SpansMax = 100;
    private const double SpansMedian = 12;
    private const double SpansSigma = 0.75;

    // e^(3 * 1.9) is a factor of 300 on either side of the median: five decades.
    private const double DurationSigma = 1.9;
    private const double DurationNsMin = 2_000;
    private const double DurationNsMax = 60e9;
    private const double ErrorChance = 0.01;
    private const double LinkChance = 0.003;
    private const long StartJitterNs = 100_000_000;

    // A span attaches below one of the last this many: deep rather than flat.
    private const int ParentsLookedAt = 12;

    // Sampled, and the parent's remoteness is known (OTLP, Span.flags).
    private const uint Flags = 0x101;

    private readonly TrafficRandom random;
    private readonly SpanDetails details;
    private readonly TrafficService[] services;
    private readonly List<Node> nodes = new(SpansMax);
    private SpanLink recent = new(new TraceId(0, 1), new SpanId(1));

    /// <param name="services">How many services there are, from 1.</param>
    /// <param name="seed">The same seed gives the same traces.</param>
    public TraceGenerator(int services, ulong seed)
    {
        random = new TrafficRandom(seed);
        details = new SpanDetails(random);
        this.services = ServiceFleet.Create(services, random);
    }

    /// <summary>The spans of a new trace that has just ended, a parent before its children.</summary>
    /// <param name="nowNs">Unix nanoseconds.</param>
    public Span[] Next(long nowNs)
    {
        int count = (int)Math.Clamp(random.LogNormal(SpansMedian, SpansSigma), SpansMin, SpansMax);
        var traceId = new TraceId(random.NextId(), random.NextId());
        nodes.Clear();
        AddRoot(nowNs);
        while (nodes.Count < count)
            AddChild(nodes[Math.Max(0, nodes.Count - ParentsLookedAt) + random.Below(Math.Min(nodes.Count, ParentsLookedAt))]);
        var spans = new Span[nodes.Count];
        for (int i = 0; i < spans.Length; i++)
            spans[i] = ToSpan(nodes[i], traceId);
        recent = new SpanLink(traceId, spans[^1].SpanId);
        return spans;
    }

    private void AddRoot(long nowNs)
    {
        TrafficService service = random.Pick(services);
        TrafficOperation operation = random.Pick(service.Operations[OperationShape.HttpServer]);
        // The root has to hold what is below it, so it is longer than what a service does on its own.
        long durationNs = Duration(operation.MedianNs * 4, (long)DurationNsMax);
        nodes.Add(new Node(service, random.Pick(service.Processes), operation, default, NewId(), nowNs - durationNs - random.Below((int)StartJitterNs), durationNs));
    }

    // A call is answered and a message taken by another service; everything else happens in the process it is called from.
    private void AddChild(Node parent)
    {
        // Nothing happens below a statement as far as its caller sees; the root always takes more.
        if (parent.Operation.Shape == OperationShape.Database)
            parent = nodes[0];
        OperationShape chosen = parent.Operation.Shape switch
        {
            OperationShape.HttpClient => OperationShape.HttpServer,
            OperationShape.Publish => OperationShape.Consume,
            _ => random.Fraction() switch
            {
                < 0.35 => OperationShape.HttpClient,
                < 0.75 => OperationShape.Database,
                < 0.80 => OperationShape.Publish,
                _ => OperationShape.Internal,
            },
        };
        bool isRemote = chosen is OperationShape.HttpServer or OperationShape.Consume;
        TrafficService service = isRemote ? random.Pick(services) : parent.Service;
        Resource process = isRemote ? random.Pick(service.Processes) : parent.Process;
        TrafficOperation operation = random.Pick(service.Operations[chosen]);
        long startNs = parent.StartNs + (long)(parent.DurationNs * random.Fraction() * 0.7);
        // A consumer works on after its producer has gone; others end within their caller.
        long roomNs = chosen == OperationShape.Consume ? (long)DurationNsMax : parent.StartNs + parent.DurationNs - startNs;
        nodes.Add(new Node(service, process, operation, parent.SpanId, NewId(), startNs, Duration(operation.MedianNs, roomNs)));
    }

    private long Duration(double medianNs, long roomNs) => Math.Min(roomNs, (long)Math.Clamp(random.LogNormal(medianNs, DurationSigma), DurationNsMin, DurationNsMax));

    private Span ToSpan(Node node, TraceId traceId)
    {
        bool failed = random.Chance(ErrorChance);
        return new Span
        {
            TraceId = traceId,
            SpanId = node.SpanId,
            ParentSpanId = node.ParentSpanId,
            Name = node.Operation.Name,
            Kind = node.Operation.Kind,
            StartNs = node.StartNs,
            DurationNs = node.DurationNs,
            Flags = Flags,
            Status = failed ? StatusCode.Error : StatusCode.Unset,
            StatusMessage = failed ? "the operation did not finish" : "",
            Resource = node.Process,
            Scope = node.Operation.Scope,
            Attributes = details.AttributesOf(node.Service, node.Operation, failed),
            Events = details.EventsOf(node.Service, failed, node.StartNs, node.DurationNs),
            Links = random.Chance(LinkChance) ? new(recent) : EquatableList<SpanLink>.None,
        };
    }

    private SpanId NewId() => new(random.NextId());

    private readonly record struct Node(
        TrafficService Service, Resource Process, TrafficOperation Operation, SpanId ParentSpanId, SpanId SpanId, long StartNs, long DurationNs);
}
