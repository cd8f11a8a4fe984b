using System.Diagnostics;
using System.Net.Sockets;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Jaeger;
using OpenTelemetry;

namespace Clew.Tracing.Exporters;

/// <summary>
/// Sends spans to a Jaeger agent by UDP (Thrift compact protocol). Nothing answers: a lost datagram is a lost batch, and only what this machine
/// notices is counted. A batch takes as many datagrams as it needs; a span too large for one is dropped and counted.
/// </summary>
public sealed class JaegerUdpExporter : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly JaegerUdpExporterOptions options;
    private readonly PacketSink sink;
    private JaegerPacketEncoder? encoder;
    private Socket? socket;
    private bool failed;

    public JaegerUdpExporter(JaegerUdpExporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        sink = Send;
    }

    internal DeliveryCounters Counters { get; } = new("jaeger-udp");

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            failed = false;
            encoder ??= new JaegerPacketEncoder(new ExportedResource(ParentProvider.GetResource()), options.PacketBytesMax);
            foreach (Activity span in batch)
            {
                if (encoder.TryAdd(span, sink) is { } problem)
                    Drop(1, problem);
            }
            if (encoder.SpanCount > 0)
                Send(encoder.Finish().Written, encoder.SpanCount);
            encoder.Reset();
            return failed ? ExportResult.Failure : ExportResult.Success;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate)
            {
                encoder?.Dispose();
                encoder = null;
                socket?.Dispose();
                socket = null;
            }
        }
        base.Dispose(disposing);
    }

    private void Send(ReadOnlySpan<byte> packet, int spanCount)
    {
        try
        {
            socket ??= Connect();
            socket.Send(packet);
            Counters.AddSent(spanCount);
        }
        catch (SocketException)
        {
            // The next datagram looks the name up again: the agent may have moved.
            socket?.Dispose();
            socket = null;
            Drop(spanCount, DropReasons.SendFailed);
        }
    }

    private Socket Connect()
    {
        var connecting = new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            connecting.Connect(options.Host, options.Port);
            return connecting;
        }
        catch
        {
            connecting.Dispose();
            throw;
        }
    }

    private void Drop(int spanCount, string reason)
    {
        failed = true;
        Counters.AddDropped(spanCount, reason);
    }
}
