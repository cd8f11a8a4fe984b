using System.Collections.Concurrent;

namespace Clew.Server.Web;

/// <summary>
/// Gives every service a slot of the palette when it is first seen and keeps it while the process lives, so that a service has one colour on
/// every page. Safe from any thread.
/// </summary>
public sealed class ServiceColors
{
    private const int Slots = 16;

    // Names come from clients: past this many the map would be a way to fill the memory, and colours repeat anyway.
    private const int MaxServices = 10_000;

    private readonly ConcurrentDictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly Lock assign = new();

    /// <summary>The classes of the style sheet: <c>c1</c> … <c>c16</c>, from the 17th service on with <c>stripe</c>; <c>c0</c> beyond the bound.</summary>
    public string ClassOf(string service)
    {
        if (!slots.TryGetValue(service, out int slot))
        {
            lock (assign)
            {
                if (slots.Count >= MaxServices && !slots.ContainsKey(service))
                    return "c0";
                slot = slots.GetOrAdd(service, slots.Count);
            }
        }
        string colour = $"c{slot % Slots + 1}";
        return slot < Slots ? colour : colour + " stripe";
    }
}
