using System.Collections.Concurrent;
using Clew.EndToEnd.Tests.Support;
using OpenTelemetry.Exporter;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>One server for all pairs; each client sends its trace once, when the first reader asks for it.</summary>
public sealed class ServerWithTraces : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<SentTrace>>> sent = new();

    internal ServerProcess Server { get; } = new();

    public Task InitializeAsync() => Server.InitializeAsync();

    public Task DisposeAsync() => Server.DisposeAsync();

    internal Task<SentTrace> SentBy(string client, string listener) => sent.GetOrAdd(
        client, _ => new Lazy<Task<SentTrace>>(() => SendAsync(client, Server.Target(listener), $"e2e-{client}"))).Value;

    private static Task<SentTrace> SendAsync(string client, string target, string prefix) => client switch
    {
        "dotnet-otlp-grpc" => Task.FromResult(DotNetClient.Send(OtlpExportProtocol.Grpc, target, prefix)),
        "dotnet-otlp-http" => Task.FromResult(DotNetClient.Send(OtlpExportProtocol.HttpProtobuf, target, prefix)),
        _ when client.StartsWith("go-", StringComparison.Ordinal) => GoClients.SendAsync(client, target, prefix),
        _ => NodeClients.SendAsync(client, target, prefix),
    };
}
