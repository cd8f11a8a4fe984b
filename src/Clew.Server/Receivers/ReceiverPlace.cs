using System.Net;
using Clew.Server.Receivers.Udp;

namespace Clew.Server.Receivers;

/// <summary>Where a receiver takes spans from.</summary>
/// <param name="Receiver">One of <see cref="Pipeline.ReceiverName"/>.</param>
/// <param name="EndPoints">Bound addresses.</param>
/// <param name="Queue">The queue, of a receiver that takes from one; else null.</param>
/// <param name="Problem">Why nothing can be received now; null when it can.</param>
/// <param name="Buffer">The socket's buffer, of a receiver of datagrams; else null.</param>
internal sealed record ReceiverPlace(string Receiver, IReadOnlyList<IPEndPoint> EndPoints, string? Queue, string? Problem, ReceiveBuffer? Buffer);
