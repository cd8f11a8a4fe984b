using System.Net;

namespace Clew.Server.Receivers;

/// <summary>Where a receiver takes spans from.</summary>
/// <param name="Receiver">One of <see cref="Pipeline.ReceiverName"/>.</param>
/// <param name="EndPoints">Bound addresses.</param>
/// <param name="Queue">The queue, of a receiver that takes from one; else null.</param>
/// <param name="Problem">Why nothing can be received now; null when it can.</param>
internal sealed record ReceiverPlace(string Receiver, IReadOnlyList<IPEndPoint> EndPoints, string? Queue, string? Problem);
