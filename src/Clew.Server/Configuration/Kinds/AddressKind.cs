using System.Net;

namespace Clew.Server.Configuration.Kinds;

/// <summary>An IP address or <c>localhost</c>. Names are not looked up: a listener must not depend on a name server.</summary>
internal sealed class AddressKind : ValueKind<IPAddress>
{
    public override string Shape => "IP";

    public override IPAddress Parse(string text, ClewOptions options) =>
        Read(text) ?? throw new FormatException("expected an IP address such as 127.0.0.1, 0.0.0.0 or ::1, or localhost");

    public override string Format(IPAddress value) => value.ToString();

    /// <summary>Null when the text is no address. "127.1" and "1" are addresses to .NET but typos to people, so four parts are asked for.</summary>
    public static IPAddress? Read(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        bool whole = text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3;
        return whole && IPAddress.TryParse(text, out IPAddress? address) ? address : null;
    }
}
