using System.Buffers;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Receivers;

/// <summary><c>google.rpc.Status</c> and <c>google.rpc.RetryInfo</c>: how OTLP tells errors (OTLP specification 1.x, "Failures").</summary>
internal static class RpcStatus
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    /// <summary><paramref name="retryAfter"/> becomes a RetryInfo detail: without it OTLP clients do not repeat a RESOURCE_EXHAUSTED.</summary>
    public static ReadOnlyMemory<byte> ToProtobuf(GrpcStatusCode code, string message, TimeSpan? retryAfter = null)
    {
        var status = new ArrayBufferWriter<byte>();
        status.WriteInt64(1, (int)code);
        status.WriteString(2, message);
        if (retryAfter is { } delay)
            status.WriteMessage(3, RetryInfo(delay).Span);
        return status.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> RetryInfo(TimeSpan delay)
    {
        var duration = new ArrayBufferWriter<byte>();
        duration.WriteInt64(1, (long)delay.TotalSeconds);
        duration.WriteInt64(2, delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        var retryInfo = new ArrayBufferWriter<byte>();
        retryInfo.WriteMessage(1, duration.WrittenSpan);
        var any = new ArrayBufferWriter<byte>();
        any.WriteString(1, RetryInfoType);
        any.WriteMessage(2, retryInfo.WrittenSpan);
        return any.WrittenMemory;
    }
}
