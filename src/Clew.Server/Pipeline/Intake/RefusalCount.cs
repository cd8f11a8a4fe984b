namespace Clew.Server.Pipeline.Intake;

/// <summary>What one receiver refused for one reason since the start.</summary>
/// <param name="Reason">The label of the metrics.</param>
/// <param name="Requests">Whole requests, messages and datagrams.</param>
/// <param name="Spans">Single spans of requests that were decoded.</param>
/// <param name="LastNs">Unix nanoseconds of the last time.</param>
/// <param name="Last">The last whole request; null when none was looked at (single spans, datagrams that were lost unseen).</param>
internal sealed record RefusalCount(string Reason, long Requests, long Spans, long LastNs, LastRefusal? Last);
