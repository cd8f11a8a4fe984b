using System.Globalization;
using Clew.Model;

namespace Clew.Server.Configuration.Kinds;

/// <summary>An AMQP URI (rabbitmq.com, "RabbitMQ URI Specification"), empty for none. Shown without its password.</summary>
internal sealed class BrokerUriKind : ValueKind<string>
{
    public override string Shape => "amqp[s]://[USER:PASSWORD@]HOST[:PORT][/VHOST]";

    public override bool IsSecret => true;

    public override string Parse(string text, ClewOptions options)
    {
        if (text.Length > 0 && (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0 || uri.Segments.Length > 2))
            throw new FormatException("expected a URI such as amqp://user:password@broker:5672/vhost");
        return text;
    }

    public override string Format(string value)
    {
        if (value.Length == 0)
            return value;
        int start = value.IndexOf("//", StringComparison.Ordinal) + 2;
        int path = value.IndexOf('/', start);
        int at = value.LastIndexOf('@', (path < 0 ? value.Length : path) - 1);
        int colon = value.IndexOf(':', start);
        return at > colon && colon >= 0 ? value[..(colon + 1)] + SecretKind.Shown + value[at..] : value;
    }
}

/// <summary>Addresses of brokers separated by commas, empty for none. Without a port the protocol's own is meant.</summary>
internal sealed class BrokerAddressesKind : ValueKind<EquatableList<string>>
{
    public override string Shape => "HOST[:PORT],...";

    public override bool IsList => true;

    public override EquatableList<string> Parse(string text, ClewOptions options)
    {
        string[] addresses = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return addresses.FirstOrDefault(static address => !IsAddress(address)) is { } wrong
            ? throw new FormatException($"expected hosts such as broker or broker:5672; '{wrong}' is none")
            : new(addresses);
    }

    public override string Format(EquatableList<string> value) => string.Join(',', value);

    private static bool IsAddress(string text)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort = colon >= 0 && !text.EndsWith(']');
        string host = hasPort ? text[..colon] : text;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (!hasPort || (ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0));
    }
}
