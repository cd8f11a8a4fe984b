using System.Net;
using Clew.Server.Configuration;
using Clew.Server.Hosting;

namespace Clew.Server.Commands;

/// <summary>What the server says once it listens.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, ClewOptions options, BoundListeners bound)
    {
        output.WriteLine($"Clew {ProductVersion.Text}");
        foreach (Listener listener in Listener.All)
        {
            if (bound[listener.Role] is { } endpoint)
                output.WriteLine($"  {listener.UrlScheme + "://" + endpoint,-26} {listener.Purpose}");
        }
        output.WriteLine($"  {"store: " + options.Store.Type,-26} {Store(options)}");
        if (bound[ListenerRole.Query] is { } query)
            output.WriteLine($"Open http://{HostName(query.Address)}:{query.Port}{options.Web.BasePath}");
        output.Flush();
    }

    private static string Store(ClewOptions options) => options.Store.Type == StoreOptions.Memory
        ? $"at most {Values(options, "store.spansMax", "store.bytesMax")}"
        : $"in {options.Store.ResolveDirectory()}, {Values(options, "store.retentionAge", "store.retentionBytes")}";

    private static string Values(ClewOptions options, params string[] keys) =>
        string.Join(", ", keys.Select(key => $"{key} {SettingNames.Find(key)!.Format(options)}"));

    private static string HostName(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "localhost"
        : new IPEndPoint(address, 0).ToString()[..^2];
}
