using System.Diagnostics;

namespace Checkout;

/// <summary>Both sides of one call: the caller's client span around the callee's server span, which is current until disposal.</summary>
internal sealed class RpcCall : IDisposable
{
    private readonly Activity client;

    public RpcCall(ActivitySource caller, ActivitySource callee, string calleeName, string operation)
    {
        client = caller.StartActivity(operation, ActivityKind.Client)!;
        client.SetTag("rpc.system", "grpc").SetTag("peer.service", calleeName);
        Server = callee.StartActivity(operation, ActivityKind.Server)!;
    }

    public Activity Server { get; }

    public void Dispose()
    {
        if (Server.Status == ActivityStatusCode.Error)
            client.SetStatus(ActivityStatusCode.Error, Server.StatusDescription);
        Server.Dispose();
        client.Dispose();
    }
}
