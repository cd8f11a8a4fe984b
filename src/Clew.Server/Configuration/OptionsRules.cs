using System.Net;
using Clew.Server.Hosting;

namespace Clew.Server.Configuration;

/// <summary>What must hold between settings.</summary>
internal static class OptionsRules
{
    /// <summary>A line for each rule that is broken, naming the keys.</summary>
    public static IEnumerable<string> Violations(ClewOptions options)
    {
        LimitOptions limits = options.Limits;
        if (limits.RequestBytesDecompressedMax < limits.RequestBytesMax)
            yield return "limits.requestBytesDecompressedMax must not be less than limits.requestBytesMax: an uncompressed request is both";
        // A request of the largest allowed size would otherwise be told to come back later for ever.
        if (options.Ingest.InFlightBytesMax < (long)limits.RequestBytesMax + limits.RequestBytesDecompressedMax)
            yield return "ingest.inFlightBytesMax must not be less than limits.requestBytesMax and limits.requestBytesDecompressedMax together: the largest request must fit";

        if (options.RabbitMq.Uri.Length > 0 && options.RabbitMq.Addresses.Count > 0)
            yield return "rabbitMq.uri and rabbitMq.addresses both name brokers: give one of them";

        for (int i = 0; i < Listener.All.Length; i++)
        {
            for (int j = i + 1; j < Listener.All.Length; j++)
            {
                if (Collide(Listener.All[i], Listener.All[j], options.Listen) is { } port)
                    yield return $"{Listener.All[i].Setting} and {Listener.All[j].Setting} both ask for port {port}: each listener needs its own";
            }
        }
    }

    private static int? Collide(Listener left, Listener right, ListenOptions listen) =>
        left.IsUdp == right.IsUdp
        && left.Configured(listen) is { Port: > 0 } one
        && right.Configured(listen) is { } other
        && one.Port == other.Port
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address)) ? one.Port : null;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
