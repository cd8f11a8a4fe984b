using System.Diagnostics.Metrics;
using Clew.Tracing.Exporters.Delivery;

namespace Clew.Tracing.Tests.Exporters;

public sealed class DeliveryCountersTests
{
    [Fact]
    public void Counts_are_instruments_of_the_meter_with_exporter_and_reason()
    {
        const string Exporter = "counted by this test";
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Meter.Name == "Clew.Tracing")
                on.EnableMeasurementEvents(instrument);
        };
        // Other tests count at the same time, on other threads.
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Equals(tags[0].Value, Exporter))
                seen.Add($"{instrument.Name}={value} {string.Join(' ', tags[1..].ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd());
        });
        listener.Start();
        var counters = new DeliveryCounters(Exporter);

        counters.AddQueued(5);
        counters.AddRetried(5);
        counters.AddSpooled(2);
        counters.AddSent(3);
        counters.AddDropped(2, DropReasons.SpoolFull);

        Assert.Equal(
            [
                "clew.tracing.exporter.queued=5", "clew.tracing.exporter.retried=5", "clew.tracing.exporter.spooled=2", "clew.tracing.exporter.sent=3",
                "clew.tracing.exporter.dropped=2 reason=spool_full",
            ],
            seen);
    }
}
