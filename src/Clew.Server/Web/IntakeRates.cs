using Clew.Server.Pipeline;

namespace Clew.Server.Web;

/// <summary>Reads the counters of the ingest pipeline.</summary>
internal sealed class IntakeRates(IngestCounters counters) : IIntakeRates
{
    public double SpansPerSecond => counters.Read().SpansStoredPerSecond;

    public long RefusedTotal
    {
        get
        {
            IngestSnapshot read = counters.Read();
            return read.SpansRefused + read.RequestsRefused + read.DatagramsDropped;
        }
    }
}
