namespace Clew.Server.Pipeline;

/// <summary>What became of one request's spans.</summary>
/// <param name="AcceptedSpans">Stored, as durable as the store promises.</param>
/// <param name="RejectedSpans">Refused for good; sending them again would not help.</param>
/// <param name="RejectReason">Why, in words for the sender, when <paramref name="RejectedSpans"/> is not 0.</param>
internal readonly record struct IngestResult(int AcceptedSpans, int RejectedSpans, string? RejectReason);
