using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Receivers.Udp;

/// <summary>
/// One UDP listener: a loop that empties the socket as fast as it can into a bounded queue, and workers that bring the datagrams through the
/// pipeline. Never answers and never stops because of what is sent; what does not fit or makes no sense is counted.
/// </summary>
internal sealed partial class DatagramReceiver : IAsyncDisposable
{
    // A UDP length field has 16 bits: no datagram is larger, so none arrives cut.
    private const int DatagramBytesMax = 1 << 16;

    // Workers mostly wait for the store to sync; as many batches share one sync.
    private const int Workers = 8;

    private readonly Socket socket;
    private readonly string receiver;
    private readonly BatchFormat format;
    private readonly IngestPipeline pipeline;
    private readonly IngestMetrics metrics;
    private readonly DatagramDrops drops;
    private readonly SystemDrops systemDrops;
    private readonly ILogger log;
    private readonly Channel<Datagram> queue;
    private readonly CancellationTokenSource stopReceiving = new();
    private readonly CancellationTokenSource stopWorking = new();
    private Task receiving = Task.CompletedTask;
    private Task working = Task.CompletedTask;

    /// <summary>Takes over <paramref name="socket"/>, which is bound.</summary>
    public DatagramReceiver(
        Socket socket, string receiver, BatchFormat format, IngestOptions options,
        IngestPipeline pipeline, IngestMetrics metrics, IntakeRegistry intake, ReceiveBuffer buffer, ILogger log, TimeProvider time)
    {
        this.socket = socket;
        this.receiver = receiver;
        this.format = format;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.log = log;
        drops = new DatagramDrops(receiver, metrics, intake, log, time);
        systemDrops = new SystemDrops(socket, drops, time);
        queue = Channel.CreateBounded<Datagram>(new BoundedChannelOptions(options.UdpQueueDatagramsMax) { SingleWriter = true });
        LogBuffer(buffer);
    }

    public void Start()
    {
        receiving = Task.Run(ReceiveAsync);
        working = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>Takes nothing more from the socket and stores what is queued, until <paramref name="hurry"/> says to give up.</summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        await stopReceiving.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        queue.Writer.TryComplete();
        systemDrops.Count();
        await using CancellationTokenRegistration registration = hurry.Register(stopWorking.Cancel);
        await working.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await systemDrops.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
        stopReceiving.Dispose();
        stopWorking.Dispose();
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(DatagramBytesMax, pinned: true);
        while (!stopReceiving.IsCancellationRequested)
        {
            try
            {
                int length = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, stopReceiving.Token).ConfigureAwait(false);
                Enqueue(buffer.AsSpan(0, length));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // For example ICMP errors that some systems report on the socket: the next datagram is not concerned.
                drops.Count(exception);
            }
        }
    }

    /// <summary>Copies the datagram into an array of its own size: most have a few hundred bytes, and a full queue of 64 KiB each would be wasteful.</summary>
    private void Enqueue(ReadOnlySpan<byte> bytes)
    {
        metrics.Datagram(receiver);
        byte[] copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        if (queue.Writer.TryWrite(new Datagram(copy, bytes.Length)))
            return;
        ArrayPool<byte>.Shared.Return(copy);
        drops.CountQueueFull();
    }

    private async Task WorkAsync()
    {
        await foreach (Datagram datagram in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await pipeline.IngestMessageAsync(
                    receiver, format, datagram.Array.AsMemory(0, datagram.Length), stopWorking.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                drops.Count(exception, datagram.Array.AsSpan(0, datagram.Length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(datagram.Array);
            }
        }
    }

    private void LogBuffer(ReceiveBuffer buffer)
    {
        if (buffer.IsSmall)
            LogSmallBuffer(receiver, buffer.GrantedBytes, buffer.AskedBytes);
        else
            LogGrantedBuffer(receiver, buffer.GrantedBytes);
    }

    [LoggerMessage(1, LogLevel.Debug, "{Receiver}: the socket buffers {Granted} bytes.")]
    private partial void LogGrantedBuffer(string receiver, int granted);

    [LoggerMessage(2, LogLevel.Warning, "{Receiver}: the socket buffers only {Granted} of {Asked} bytes; bursts may be lost. Raise the system's limit (Linux: sysctl -w net.core.rmem_max={Asked}).")]
    private partial void LogSmallBuffer(string receiver, int granted, int asked);

    private readonly record struct Datagram(byte[] Array, int Length);
}
