using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>Who called.</summary>
internal static class ClientAddress
{
    private const int MaxHeaderLength = 1024;
    private const string MappedPrefix = "::ffff:";

    /// <summary>The caller's address by the connection, which the forwarded headers middleware has replaced where the application uses it, or by headers where they are trusted.</summary>
    public static string? Of(HttpContext context, bool trustHeaders) => (trustHeaders ? Forwarded(context.Request.Headers) : null) ?? Text(OfConnection(context));

    /// <summary>Asked of the feature: <c>HttpContext.Connection</c> would be made for it.</summary>
    public static IPAddress? OfConnection(HttpContext context) => Features.Find<IHttpConnectionFeature>(context)?.RemoteIpAddress;

    /// <summary>An IPv4 address as such even where the server listens on both families. Addresses keep their text, so it is made once for a connection.</summary>
    public static string? Text(IPAddress? address) => address is null ? null : address.IsIPv4MappedToIPv6 ? address.ToString()[MappedPrefix.Length..] : address.ToString();

    /// <summary>The first address, which is the one farthest away: <c>Forwarded: for=…</c> (RFC 7239, section 5.2) before <c>X-Forwarded-For</c>.</summary>
    internal static string? Forwarded(IHeaderDictionary headers)
    {
        string forwarded = headers["Forwarded"].ToString();
        if (forwarded.Length is > 0 and <= MaxHeaderLength)
        {
            ReadOnlySpan<char> first = First(forwarded);
            foreach (Range range in first.Split(';'))
            {
                ReadOnlySpan<char> pair = first[range].Trim();
                if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
                    return Address(pair[4..].Trim('"'));
            }
        }
        string list = headers["X-Forwarded-For"].ToString();
        return list.Length is > 0 and <= MaxHeaderLength ? Address(First(list)) : null;
    }

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> list)
    {
        int comma = list.IndexOf(',');
        return (comma < 0 ? list : list[..comma]).Trim();
    }

    /// <summary>Null for what is no address: <c>unknown</c>, made-up names, and whatever else a header can hold.</summary>
    private static string? Address(ReadOnlySpan<char> node) =>
        IPAddress.TryParse(node.Trim("[]"), out IPAddress? address) ? Text(address) : IPEndPoint.TryParse(node, out IPEndPoint? endPoint) ? Text(endPoint.Address) : null;
}
