using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Udp;

/// <summary>Why a datagram could not be used.</summary>
internal static class DatagramRefusal
{
    public static Refusal From(Exception exception) => Refusal.From(exception, IngestGates.RetryAfter);
}
