using System.Net;
using Clew.Server.Hosting;

namespace Clew.Server.Web;

/// <summary>What a port is for; each has its words in <see cref="Texts.PortIsFor"/>.</summary>
public enum ListenerPurpose
{
    OtlpGrpc,
    OtlpHttp,
    Zipkin,
    JaegerHttp,
    JaegerGrpc,
    JaegerAgent,
    Query,
    QueryGrpc,
}

/// <summary>Ways to send a first trace.</summary>
public enum Sample
{
    CSharp,
    Go,
    Java,
    JavaScript,
    Python,
    Curl,
}

/// <summary>One line of the list of ports.</summary>
/// <param name="Ports">In force now, divided by commas.</param>
/// <param name="Purpose">What speaks to them.</param>
public sealed record OpenPort(string Ports, ListenerPurpose Purpose);

/// <summary>The page of an empty store: where the server listens, and commands that send there.</summary>
public sealed class FirstRunModel
{
    private static readonly (ListenerPurpose Purpose, ListenerRole[] Roles)[] Groups =
    [
        (ListenerPurpose.OtlpGrpc, [ListenerRole.OtlpGrpc]),
        (ListenerPurpose.OtlpHttp, [ListenerRole.OtlpHttp]),
        (ListenerPurpose.Zipkin, [ListenerRole.Zipkin]),
        (ListenerPurpose.JaegerHttp, [ListenerRole.JaegerHttp]),
        (ListenerPurpose.JaegerGrpc, [ListenerRole.JaegerGrpc]),
        (ListenerPurpose.JaegerAgent, [ListenerRole.JaegerCompact, ListenerRole.JaegerBinary, ListenerRole.JaegerCompactLegacy]),
        (ListenerPurpose.Query, [ListenerRole.Query]),
        (ListenerPurpose.QueryGrpc, [ListenerRole.QueryGrpc]),
    ];

    internal FirstRunModel(BoundListeners listeners)
    {
        Ports = [.. Groups.Select(group => (group.Purpose, Ports: string.Join(", ", group.Roles.Select(role => listeners[role]?.Port).OfType<int>())))
            .Where(group => group.Ports.Length > 0).Select(group => new OpenPort(group.Ports, group.Purpose))];
        OtlpGrpcPort = listeners[ListenerRole.OtlpGrpc]?.Port;
        OtlpHttpPort = listeners[ListenerRole.OtlpHttp]?.Port;
        IsLoopbackOnly = Groups.SelectMany(group => group.Roles).Select(role => listeners[role]).All(endpoint => endpoint is null || IPAddress.IsLoopback(endpoint.Address));
    }

    public IReadOnlyList<OpenPort> Ports { get; }

    /// <summary>Null when the listener is off.</summary>
    public int? OtlpGrpcPort { get; }

    /// <summary>Null when the listener is off.</summary>
    public int? OtlpHttpPort { get; }

    public bool IsLoopbackOnly { get; }

    /// <summary>Those whose port is open.</summary>
    public IEnumerable<Sample> Samples => Enum.GetValues<Sample>().Where(sample => PortOf(sample) is not null);

    /// <summary>The port a sample sends to: each SDK's own default protocol, so that the least has to be set.</summary>
    public int? PortOf(Sample sample) => sample is Sample.CSharp or Sample.Go or Sample.Python ? OtlpGrpcPort : OtlpHttpPort;
}
