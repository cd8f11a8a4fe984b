using System.Net.Sockets;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Receivers.Udp;

/// <summary>The UDP side of Jaeger's agent: its three listeners, as far as they are switched on.</summary>
internal sealed class JaegerAgent(
    UdpListeners listeners, ClewOptions options, IngestPipeline pipeline, IngestMetrics metrics, IntakeRegistry intake, ReceiveBuffers buffers, ILogger<JaegerAgent> log, TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    private readonly List<DatagramReceiver> receivers = [];

    /// <exception cref="ListenException">An address cannot be bound.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Add(ListenerRole.JaegerCompact, ReceiverName.JaegerCompact, BatchFormat.JaegerThriftCompactMessage);
        Add(ListenerRole.JaegerCompactLegacy, ReceiverName.JaegerCompact, BatchFormat.JaegerThriftCompactMessage);
        Add(ListenerRole.JaegerBinary, ReceiverName.JaegerBinary, BatchFormat.JaegerThriftBinaryMessage);
        foreach (DatagramReceiver receiver in receivers)
            receiver.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(receivers.Select(receiver => receiver.StopAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (DatagramReceiver receiver in receivers)
            await receiver.DisposeAsync().ConfigureAwait(false);
        receivers.Clear();
    }

    private void Add(ListenerRole role, string receiver, BatchFormat format)
    {
        Socket? socket = listeners.Bind(role);
        if (socket is null)
            return;
        ReceiveBuffer buffer = ReceiveBuffer.Ask(socket, options.Ingest.UdpReceiveBufferBytes);
        buffers.Add(receiver, buffer);
        receivers.Add(new DatagramReceiver(socket, receiver, format, options.Ingest, pipeline, metrics, intake, buffer, log, time));
    }
}
