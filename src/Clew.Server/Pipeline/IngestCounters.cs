namespace Clew.Server.Pipeline;

/// <summary>Totals since the start and present rates of what came in, for the pages. Safe from any thread.</summary>
internal sealed class IngestCounters(TimeProvider time)
{
    private readonly RateWindow storedRate = new(time);
    private readonly RateWindow refusedRate = new(time);
    private readonly RateWindow bytesRate = new(time);
    private long spansStored;
    private long spansRefused;
    private long requestsRefused;
    private long datagramsDropped;
    private long bytesReceived;

    public IngestSnapshot Read() => new(
        Interlocked.Read(ref spansStored),
        Interlocked.Read(ref spansRefused),
        Interlocked.Read(ref requestsRefused),
        Interlocked.Read(ref datagramsDropped),
        Interlocked.Read(ref bytesReceived),
        storedRate.PerSecond(),
        refusedRate.PerSecond(),
        bytesRate.PerSecond());

    public void AddStored(int spans)
    {
        Interlocked.Add(ref spansStored, spans);
        storedRate.Add(spans);
    }

    public void AddRefused(int spans)
    {
        Interlocked.Add(ref spansRefused, spans);
        refusedRate.Add(spans);
    }

    public void AddRefusedRequest() => Interlocked.Increment(ref requestsRefused);

    public void AddDroppedDatagrams(long count) => Interlocked.Add(ref datagramsDropped, count);

    public void AddBytes(long bytes)
    {
        Interlocked.Add(ref bytesReceived, bytes);
        bytesRate.Add(bytes);
    }
}
