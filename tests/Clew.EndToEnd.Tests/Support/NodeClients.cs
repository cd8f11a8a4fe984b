using System.Diagnostics;
using System.Text.Json;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>Runs the client programs of <c>tests/clients</c>.</summary>
internal static class NodeClients
{
    private static string Folder => Path.Combine(Fixtures.RepositoryRoot, "tests", "clients");

    public static string? MissingReason =>
        Directory.Exists(Path.Combine(Folder, "node_modules", "jaeger-client")) ? null : "real component missing: run `npm ci` in tests/clients (./test does)";

    public static async Task<SentTrace> SendAsync(string client, string target, string prefix) =>
        JsonSerializer.Deserialize<SentTrace>(await RunAsync("send.js", client, target, prefix), JsonSerializerOptions.Web)!;

    /// <summary>Asks Jaeger's query services over gRPC for a trace in every way they offer.</summary>
    public static async Task<JsonElement> QueryAsync(string target, string traceId, string service) =>
        JsonDocument.Parse(await RunAsync("query.js", target, traceId, service)).RootElement;

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        Task<string> errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(node.ExitCode == 0, $"{string.Join(' ', arguments)} failed: {await errors}");
        return await output;
    }
}

/// <summary>What a client program says it sent.</summary>
internal sealed record SentTrace(string TraceId, SentSpan[] Spans, SentTag Tag);

internal sealed record SentSpan(string Service, string Name, string Kind, string TraceId, string SpanId, string? ParentId, bool Error, bool Shared);

internal sealed record SentTag(string Key, string Value);

/// <summary>A theory that is skipped, with the reason, where the client programs are not installed.</summary>
internal sealed class RealClientTheoryAttribute : TheoryAttribute
{
    public RealClientTheoryAttribute() => Skip = NodeClients.MissingReason;
}
