using System.Globalization;
using Clew.Server.Pipeline.Intake;
using Clew.Server.Receivers;

namespace Clew.Server.Web;

/// <summary>The page that answers "am I receiving data?".</summary>
public sealed class IntakeModel
{
    /// <summary>Who has sent nothing for longer counts as silent: twice the longest usual interval of an exporter, 30 s.</summary>
    private const long SilentNs = 60L * 1_000_000_000;

    // More rows than this nobody reads; the API has them all.
    private const int SendersMax = 200;

    internal IntakeModel(IntakeReport report)
    {
        Report = report;
        Senders = [.. report.Flows.Take(SendersMax)];
        MoreSenders = report.Flows.Count - Senders.Count + report.FlowsForgotten;
        Refusing = [.. report.Receivers.Where(static receiver => receiver.Tally.RequestsRefused + receiver.Tally.SpansRefused > 0)
            .OrderByDescending(static receiver => receiver.Tally.Refusals[0].LastNs)];
        ServiceCount = report.Flows.Select(static flow => flow.Service).Distinct(StringComparer.Ordinal).Count();
    }

    internal IntakeReport Report { get; }

    internal IReadOnlyList<Flow> Senders { get; }

    public long MoreSenders { get; }

    public int ServiceCount { get; }

    /// <summary>Receivers that refused something, the last to do so first.</summary>
    internal IReadOnlyList<ReceiverReport> Refusing { get; }

    public bool HasEverReceived => Report.LastSpansNs > 0;

    public bool IsSilent => IsSilentSince(Report.LastSpansNs);

    public long RequestsRefused => Report.Receivers.Sum(static receiver => receiver.Tally.RequestsRefused);

    public long SpansRefused => Report.Receivers.Sum(static receiver => receiver.Tally.SpansRefused);

    internal bool IsSilentSince(long lastNs) => Report.NowNs - lastNs > SilentNs;

    /// <summary>Ports, each once, with commas between.</summary>
    internal static string Ports(ReceiverPlace place) =>
        string.Join(", ", place.EndPoints.Select(static endPoint => endPoint.Port.ToString(CultureInfo.InvariantCulture)).Distinct());
}
