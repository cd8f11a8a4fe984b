using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Pipeline;
using Clew.Server.Receivers.RabbitMq;
using Clew.Server.Receivers.Udp;

namespace Clew.Server.Receivers;

/// <summary>Tells which receivers are switched on, and where.</summary>
internal sealed class ReceiverDirectory(BoundListeners listeners, ClewOptions options, ReceiveBuffers buffers, IEnumerable<RabbitMqStatus> rabbitMq)
{
    private static readonly (string Receiver, ListenerRole[] Roles)[] Listening =
    [
        (ReceiverName.OtlpGrpc, [ListenerRole.OtlpGrpc]),
        (ReceiverName.OtlpHttp, [ListenerRole.OtlpHttp]),
        (ReceiverName.Zipkin, [ListenerRole.Zipkin]),
        (ReceiverName.ZipkinGrpc, [ListenerRole.Zipkin]),
        (ReceiverName.JaegerGrpc, [ListenerRole.JaegerGrpc]),
        (ReceiverName.JaegerHttp, [ListenerRole.JaegerHttp]),
        (ReceiverName.JaegerCompact, [ListenerRole.JaegerCompact, ListenerRole.JaegerCompactLegacy]),
        (ReceiverName.JaegerBinary, [ListenerRole.JaegerBinary]),
    ];

    /// <summary>Those switched on.</summary>
    public IEnumerable<ReceiverPlace> Places()
    {
        foreach ((string receiver, ListenerRole[] roles) in Listening)
        {
            if (roles.Select(role => listeners[role]).OfType<System.Net.IPEndPoint>().ToList() is { Count: > 0 } endPoints)
                yield return new(receiver, endPoints, Queue: null, Problem: null, buffers.Of(receiver));
        }
        foreach (RabbitMqStatus status in rabbitMq)
            yield return new(ReceiverName.ZipkinRabbitMq, [], options.RabbitMq.Queue, status.Problem, Buffer: null);
    }
}
