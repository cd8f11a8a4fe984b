namespace Clew.Storage.Segments.Store;

/// <summary>Gives incidents to whoever opened the store. A message that repeats (a full disk, every second) is given once.</summary>
internal sealed class StoreReport(Action<StoreIncident> onIncident)
{
    private readonly Lock gate = new();
    private StoreIncident? last;

    public void Add(StoreIncident incident)
    {
        lock (gate)
        {
            if (incident == last)
                return;
            last = incident;
        }
        onIncident(incident);
    }
}
