namespace Clew.Server.Pipeline;

/// <summary>What came in since the process started, and how fast it comes now (mean of the last ten seconds).</summary>
/// <param name="SpansStored">Spans the store has taken.</param>
/// <param name="SpansRefused">Spans of decoded requests that were not stored: rejected by the checks or by the store.</param>
/// <param name="RequestsRefused">Requests answered with an error; those refused before decoding have no number of spans.</param>
/// <param name="DatagramsDropped">UDP datagrams lost here, for want of room or because they made no sense.</param>
/// <param name="BytesReceived">Bytes of bodies and datagrams as received.</param>
/// <param name="SpansStoredPerSecond">Spans per second.</param>
/// <param name="SpansRefusedPerSecond">Spans per second.</param>
/// <param name="BytesReceivedPerSecond">Bytes per second.</param>
internal readonly record struct IngestSnapshot(
    long SpansStored,
    long SpansRefused,
    long RequestsRefused,
    long DatagramsDropped,
    long BytesReceived,
    double SpansStoredPerSecond,
    double SpansRefusedPerSecond,
    double BytesReceivedPerSecond);
