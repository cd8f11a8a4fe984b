using System.Diagnostics;

namespace Clew.Tracing.Messaging.RabbitMq;

/// <summary>
/// Traces RabbitMQ.Client. Its producer spans are taken as they are, under the conventional name. Its consumer spans begin a new trace and only link to the
/// producer; so they are not exported but tell when a message comes and when its handler is done, and <see cref="MessagingSpans.Source"/> makes the span, which continues the
/// producer's trace. Inside a span (a program that fetches messages itself) it belongs to that one and links to the producer.
/// </summary>
/// <remarks>
/// The client asks <see cref="Extract"/> for the context immediately before it starts its own activity, in the same flow: the span started there is the parent
/// of that activity, which is how the two find each other. The hooks are the process's: the first provider that traces messages sets them, the last one takes them away, in
/// whatever order providers come and go.
/// </remarks>
internal sealed class RabbitMqInstrumentation : IDisposable
{
    public const string PublisherSource = "RabbitMQ.Client.Publisher";
    private const string SubscriberSource = "RabbitMQ.Client.Subscriber";
    private const string StartName = "message";

    // On our span until the client's activity has started under it, and on that one from then on.
    private const string WaitsForClient = "Clew.Tracing.Waits";
    private const string SpanOfMessage = "Clew.Tracing.Message";

    private static readonly Lock Gate = new();

    // The one that is in the hooks, for every provider that wants it.
    private static RabbitMqInstrumentation? shared;

    private readonly RabbitMqHooks hooks;
    private readonly Delegate? injectorBefore;
    private readonly Delegate? extractorBefore;
    private readonly Action<Activity, IDictionary<string, object?>> inject;
    private readonly Func<object, ActivityContext> extract;
    private readonly ActivityListener listener;
    private int users;
    private volatile bool stopped;

    private RabbitMqInstrumentation(RabbitMqHooks hooks)
    {
        this.hooks = hooks;
        inject = Inject;
        extract = Extract;
        injectorBefore = hooks.Injector;
        extractorBefore = hooks.Extractor;
        hooks.Injector = inject;
        hooks.Extractor = extract;
        listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is PublisherSource or SubscriberSource,
            // A producer that is not recorded sends that on; a consumer's tags are read.
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Source.Name == SubscriberSource ? ActivitySamplingResult.AllData : ActivitySamplingResult.PropagationData,
            ActivityStarted = Started,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Traces messages until what is returned and all else that was returned is disposed. Nothing to be done where the program has no RabbitMQ.Client 7.</summary>
    public static object Start()
    {
        lock (Gate)
        {
            if (shared is null && RabbitMqHooks.Find() is { } hooks)
                shared = new RabbitMqInstrumentation(hooks);
            return shared is null ? new object() : new Use(shared);
        }
    }

    public void Dispose()
    {
        stopped = true;
        listener.Dispose();
        // What somebody else has set since is theirs, and may still lead here.
        if (ReferenceEquals(hooks.Injector, inject))
            hooks.Injector = injectorBefore;
        if (ReferenceEquals(hooks.Extractor, extract))
            hooks.Extractor = extractorBefore;
    }

    private void Inject(Activity producer, IDictionary<string, object?> headers)
    {
        if (stopped)
        {
            (injectorBefore as Action<Activity, IDictionary<string, object?>>)?.Invoke(producer, headers);
            return;
        }
        Describe(producer, producer, MessagingAttributes.Send);
        producer.DisplayName = NameOf(producer);
        // A producer span made by hand is the one that the message comes from.
        bool isInsideProducer = producer.Parent is { Kind: ActivityKind.Producer } parent && ReferenceEquals(parent.Source, MessagingSpans.Source);
        MessageContext.Inject(headers, isInsideProducer ? producer.Parent : producer);
    }

    private ActivityContext Extract(object properties)
    {
        if (stopped)
            return RabbitMqHooks.Extract(extractorBefore, properties);
        MessageContext message = MessageContext.Extract(hooks.HeadersOf(properties));
        // The client's loop over messages still has the last one's span as the current one.
        if (Activity.Current is { IsStopped: true })
            Activity.Current = null;
        bool isInside = Activity.Current is not null;
        ActivityLink[]? links = isInside && message.HasProducer ? [new ActivityLink(message.Producer)] : null;
        Activity? span = MessagingSpans.Source.StartActivity(StartName, ActivityKind.Consumer, isInside ? default : message.Producer, tags: null, links);
        span?.SetCustomProperty(WaitsForClient, span);
        foreach ((string key, string? value) in message.Baggage)
            span?.AddBaggage(key, value);
        return message.Producer;
    }

    // What the handler does belongs to our span.
    private static void Started(Activity activity)
    {
        if (activity.Source.Name != SubscriberSource || activity.Parent?.GetCustomProperty(WaitsForClient) is not Activity span)
            return;
        span.SetCustomProperty(WaitsForClient, null);
        activity.SetCustomProperty(SpanOfMessage, span);
        Activity.Current = span;
    }

    private static void Stopped(Activity activity)
    {
        if (activity.GetCustomProperty(SpanOfMessage) is not Activity span)
            return;
        foreach ((string key, object? value) in activity.TagObjects)
            span.SetTag(key, value);
        Describe(span, activity, activity.GetTagItem(MessagingAttributes.OperationType) as string ?? MessagingAttributes.Process);
        // The handler may have found a better name.
        if (span.DisplayName == StartName)
            span.DisplayName = NameOf(span);
        span.Dispose();
    }

    private static string NameOf(Activity span) => $"{span.GetTagItem(MessagingAttributes.OperationName)} {span.GetTagItem(MessagingAttributes.DestinationName)}";

    /// <summary>Operation and destination as the conventions have them ("RabbitMQ"): exchange and routing key, of the default exchange the key, which is the queue.</summary>
    private static void Describe(Activity span, Activity told, string operation)
    {
        string? exchange = told.GetTagItem(MessagingAttributes.DestinationName) as string;
        string? key = told.GetTagItem(MessagingAttributes.RoutingKey) as string;
        bool isDefault = exchange is null or "" or "amq.default";
        string destination = string.IsNullOrEmpty(key) ? exchange ?? "amq.default" : isDefault ? key : $"{exchange}:{key}";
        span.SetTag(MessagingAttributes.DestinationName, destination);
        span.SetTag(MessagingAttributes.OperationName, operation);
    }

    /// <summary>One provider's part in it.</summary>
    private sealed class Use : IDisposable
    {
        private RabbitMqInstrumentation? owner;

        public Use(RabbitMqInstrumentation owner)
        {
            this.owner = owner;
            owner.users++;
        }

        public void Dispose()
        {
            lock (Gate)
            {
                if (owner is not null && --owner.users == 0)
                {
                    owner.Dispose();
                    shared = null;
                }
                owner = null;
            }
        }
    }
}
