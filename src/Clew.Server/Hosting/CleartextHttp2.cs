using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clew.Server.Hosting;

/// <summary>
/// Lets a port without TLS speak HTTP/1.1 and HTTP/2 with prior knowledge (RFC 9113 §3.3). Kestrel serves only HTTP/1.1 on a port that allows both, since
/// nothing negotiates; but an HTTP/2 client begins with a fixed preface that no HTTP/1.1 request has. Connections that begin so are handed to the
/// pipeline of a listener for HTTP/2 alone, which exists for that pipeline and accepts nothing itself.
/// </summary>
internal sealed class CleartextHttp2
{
    // Kestrel's pipeline, known when it starts: before the first connection.
    private ConnectionDelegate? pipeline;

    private readonly TimeSpan patience;

    private CleartextHttp2(TimeSpan patience) => this.patience = patience;

    // The method is enough: RFC 9113 §3.4 reserves PRI.
    private static ReadOnlySpan<byte> Preface => "PRI "u8;

    /// <summary>Adds the listener whose pipeline is used.</summary>
    public static CleartextHttp2 Listen(KestrelServerOptions kestrel)
    {
        var http2 = new CleartextHttp2(kestrel.Limits.KeepAliveTimeout);
        kestrel.Listen(new NowhereEndPoint(), listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => http2.pipeline = next);
        });
        return http2;
    }

    /// <summary>Sends HTTP/2 connections of a listener the other way. Call after everything else that should see them.</summary>
    public void Divert(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen) => listen.Use(next => async connection =>
    {
        bool isHttp2 = await BeginsWithPrefaceAsync(connection).ConfigureAwait(false);
        await (isHttp2 ? pipeline! : next)(connection).ConfigureAwait(false);
    });

    /// <summary>Waits for the first bytes and leaves them unread. No bytes in time, or an end: false, and HTTP/1.1 deals with it in its way.</summary>
    private async ValueTask<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        PipeReader input = connection.Transport.Input;
        CancellationToken stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping, connection.ConnectionClosed);
        waiting.CancelAfter(patience);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(waiting.Token).ConfigureAwait(false);
                bool mayBe = MayBePreface(read.Buffer);
                bool isPreface = mayBe && read.Buffer.Length >= Preface.Length;
                bool isDecided = !mayBe || isPreface || read.IsCompleted;
                input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
                if (isDecided)
                    return isPreface;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static bool MayBePreface(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> begin = stackalloc byte[Preface.Length];
        int length = (int)Math.Min(buffer.Length, begin.Length);
        buffer.Slice(0, length).CopyTo(begin);
        return Preface.StartsWith(begin[..length]);
    }
}
