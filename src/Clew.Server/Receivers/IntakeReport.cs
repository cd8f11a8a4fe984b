using Clew.Server.Api;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Receivers;

/// <summary>What a receiver took and refused, and where it listens.</summary>
internal sealed record ReceiverReport(ReceiverPlace Place, ReceiverTally Tally);

/// <summary>What came in since the start, from whom.</summary>
/// <param name="StartedNs">Unix nanoseconds since when is counted.</param>
/// <param name="NowNs">Unix nanoseconds of the report.</param>
/// <param name="Receivers">Those switched on.</param>
/// <param name="Flows">The last to send first.</param>
/// <param name="FlowsForgotten">Flows not in the list because there were too many.</param>
internal sealed record IntakeReport(
    long StartedNs, long NowNs, IReadOnlyList<ReceiverReport> Receivers, IReadOnlyList<Flow> Flows, long FlowsForgotten)
{
    /// <summary>Unix nanoseconds when spans were last stored; 0 for never.</summary>
    public long LastSpansNs => Receivers.Select(static receiver => receiver.Tally.LastSpansNs).DefaultIfEmpty().Max();
}

/// <summary>Makes reports for the page and the API.</summary>
internal sealed class IntakeReporter(IntakeRegistry intake, ReceiverDirectory directory, TimeProvider time)
{
    public IntakeReport Read() => new(
        intake.StartedNs,
        UnixTime.Now(time),
        [.. directory.Places().Select(place => new ReceiverReport(place, intake[place.Receiver]))],
        intake.ReadFlows(),
        intake.FlowsForgotten);
}
