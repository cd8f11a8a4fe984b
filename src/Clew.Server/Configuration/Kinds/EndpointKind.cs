using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Clew.Server.Configuration.Kinds;

/// <summary>Where a listener listens, or <c>off</c> (null). A port alone is taken at <see cref="ListenOptions.Address"/>.</summary>
internal sealed class EndpointKind : ValueKind<IPEndPoint?>
{
    public override string Shape => "PORT | IP:PORT | off";

    public override IPEndPoint? Parse(string text, ClewOptions options)
    {
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            return null;
        int colon = text.LastIndexOf(':');
        IPAddress? address = colon < 0 ? options.Listen.Address : ReadHost(text[..colon]);
        if (address is null
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            throw new FormatException("expected a port such as 4317, an address with port such as 0.0.0.0:4317 or [::1]:4317, or off");
        return new(address, port);
    }

    public override string Format(IPEndPoint? value) => value?.ToString() ?? "off";

    public override string FormatDefault(IPEndPoint? value) => value?.Port.ToString(CultureInfo.InvariantCulture) ?? "off";

    // IPv6 stands in brackets: without them the last group could be the port.
    private static IPAddress? ReadHost(string host) => host is ['[', .. string inner, ']']
        ? AddressKind.Read(inner) is { AddressFamily: AddressFamily.InterNetworkV6 } address ? address : null
        : host.Contains(':', StringComparison.Ordinal) ? null : AddressKind.Read(host);
}
