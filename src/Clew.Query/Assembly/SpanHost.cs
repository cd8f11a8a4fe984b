using System.Net;
using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Where a span was recorded, for comparing: Zipkin's local endpoint, with the service name from the resource when the endpoint (or all of it, in
/// other formats) is missing. Parts that are not known are null or 0.
/// </summary>
internal readonly record struct SpanHost(string? ServiceName, IPAddress? Ipv4, IPAddress? Ipv6, ushort Port) : IComparable<SpanHost>
{
    public static SpanHost Of(Span span) => span.LocalEndpoint is { } endpoint
        ? new SpanHost(endpoint.ServiceName ?? span.Resource.ServiceName, endpoint.Ipv4, endpoint.Ipv6, endpoint.Port)
        : new SpanHost(span.Resource.ServiceName, null, null, 0);

    /// <summary>The same host knowing its service name only.</summary>
    public SpanHost ServiceOnly() => new(ServiceName, null, null, 0);

    /// <summary>No part that both know differs.</summary>
    public bool MayBe(SpanHost other) =>
        (ServiceName is null || other.ServiceName is null || ServiceName == other.ServiceName)
        && (Ipv4 is null || other.Ipv4 is null || Ipv4.Equals(other.Ipv4))
        && (Ipv6 is null || other.Ipv6 is null || Ipv6.Equals(other.Ipv6))
        && (Port == 0 || other.Port == 0 || Port == other.Port);

    /// <summary>Everything either knows; this host's parts first.</summary>
    public SpanHost With(SpanHost other) =>
        new(ServiceName ?? other.ServiceName, Ipv4 ?? other.Ipv4, Ipv6 ?? other.Ipv6, Port != 0 ? Port : other.Port);

    /// <summary>By service name, addresses, port; unknown parts first.</summary>
    public int CompareTo(SpanHost other)
    {
        int order = string.CompareOrdinal(ServiceName, other.ServiceName);
        if (order == 0)
            order = Compare(Ipv4, other.Ipv4);
        if (order == 0)
            order = Compare(Ipv6, other.Ipv6);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }

    private static int Compare(IPAddress? left, IPAddress? right) =>
        left is null || right is null
            ? (left is not null).CompareTo(right is not null)
            : left.GetAddressBytes().AsSpan().SequenceCompareTo(right.GetAddressBytes());
}
