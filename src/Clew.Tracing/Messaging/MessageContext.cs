using System.Diagnostics;

namespace Clew.Tracing.Messaging;

/// <summary>
/// The context that came with a message, or goes with one. Formats are those of <see cref="DistributedContextPropagator.Current"/>: what the process does for HTTP it does
/// for queues.
/// </summary>
/// <param name="Producer">The span that sent the message; default where the message has none that can be read.</param>
/// <param name="Baggage">What else came along; empty for none.</param>
public readonly record struct MessageContext(ActivityContext Producer, IReadOnlyList<KeyValuePair<string, string?>> Baggage)
{
    /// <summary>Whether the message came with a span to continue.</summary>
    public bool HasProducer => Producer != default;

    /// <summary>Writes a context into headers of RabbitMQ and others whose values are of several types. Values are strings; what is there already is replaced.</summary>
    /// <param name="headers">The message's.</param>
    /// <param name="activity">The span that sends; the current one when null. Without one nothing is written.</param>
    public static void Inject(IDictionary<string, object?> headers, Activity? activity = null) =>
        Inject(headers, activity, static (carrier, name, value) => ((IDictionary<string, object?>)carrier!)[name] = value);

    /// <summary>Writes a context into headers of text.</summary>
    /// <param name="headers">The message's.</param>
    /// <param name="activity">The span that sends; the current one when null.</param>
    public static void Inject(IDictionary<string, string> headers, Activity? activity = null) =>
        Inject(headers, activity, static (carrier, name, value) => ((IDictionary<string, string>)carrier!)[name] = value);

    /// <summary>Writes a context into headers of bytes, as UTF-8: Kafka's, for example.</summary>
    /// <param name="headers">The message's.</param>
    /// <param name="activity">The span that sends; the current one when null.</param>
    public static void Inject(IDictionary<string, byte[]> headers, Activity? activity = null) =>
        Inject(headers, activity, static (carrier, name, value) => ((IDictionary<string, byte[]>)carrier!)[name] = System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>Reads the context from headers whose values are strings or UTF-8 bytes; others are passed over.</summary>
    /// <param name="headers">The message's; null is as good as none.</param>
    public static MessageContext Extract(IDictionary<string, object?>? headers) => Extract(headers, MessageHeaders.FromObjects);

    /// <summary>Reads the context from headers of text.</summary>
    /// <param name="headers">The message's; null is as good as none.</param>
    public static MessageContext Extract(IDictionary<string, string>? headers) => Extract(headers, MessageHeaders.FromTexts);

    /// <summary>Reads the context from headers of UTF-8 bytes.</summary>
    /// <param name="headers">The message's; null is as good as none.</param>
    public static MessageContext Extract(IDictionary<string, byte[]>? headers) => Extract(headers, MessageHeaders.FromBytes);

    private static void Inject(object headers, Activity? activity, DistributedContextPropagator.PropagatorSetterCallback setter)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if ((activity ?? Activity.Current) is { } sending)
            DistributedContextPropagator.Current.Inject(sending, headers, setter);
    }

    private static MessageContext Extract(object? headers, DistributedContextPropagator.PropagatorGetterCallback getter)
    {
        if (headers is null)
            return new MessageContext(default, []);
        DistributedContextPropagator propagator = DistributedContextPropagator.Current;
        propagator.ExtractTraceIdAndState(headers, getter, out string? traceParent, out string? traceState);
        _ = ActivityContext.TryParse(traceParent, traceState, isRemote: true, out ActivityContext producer);
        return new MessageContext(producer, propagator.ExtractBaggage(headers, getter) is { } items ? [.. items] : []);
    }
}
