using System.Net;

namespace Clew.Model;

/// <summary>A network endpoint as Zipkin describes it; absent parts are null (or 0 for the port).</summary>
public sealed record Endpoint(string? ServiceName, IPAddress? Ipv4, IPAddress? Ipv6, ushort Port);
