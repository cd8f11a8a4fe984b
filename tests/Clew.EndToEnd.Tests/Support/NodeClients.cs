using System.Globalization;
using System.Text.Json;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>Runs the client programs of <c>tests/clients</c>.</summary>
internal static class NodeClients
{
    private static string Folder => Path.Combine(Fixtures.RepositoryRoot, "tests", "clients");

    public static string? MissingReason =>
        Directory.Exists(Path.Combine(Folder, "node_modules", "jaeger-client")) ? null : "real component missing: run `npm ci` in tests/clients (./test does)";

    public static Task<SentTrace> SendAsync(string client, string target, string prefix) => RunAsync<SentTrace>("send.js", client, target, prefix);

    /// <summary>Asks Jaeger's query services over gRPC for a trace in every way they offer.</summary>
    public static Task<JsonElement> QueryAsync(string target, string traceId, string service) => RunAsync<JsonElement>("query.js", target, traceId, service);

    /// <summary>Starts spans under a remote sampler that has asked <paramref name="target"/>.</summary>
    public static Task<SampledSpans> SampleAsync(string target, string service, string initialProbability, int spans) =>
        RunAsync<SampledSpans>("sampling.js", target, service, initialProbability, spans.ToString(CultureInfo.InvariantCulture));

    /// <summary>Asks a gRPC port by reflection what it serves, and calls a method with what it learnt.</summary>
    public static Task<JsonElement> ReflectAsync(string target, string version, string method) => RunAsync<JsonElement>("reflection.js", target, version, method);

    /// <summary>What decoders of node make of an exporter's bytes.</summary>
    public static async Task<JsonElement> DecodeAsync(string format, byte[] bytes)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            return await RunAsync<JsonElement>("decode.js", format, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<T> RunAsync<T>(string program, params string[] arguments) => ClientProgram.RunAsync<T>("node", Folder, [program, .. arguments]);
}

/// <summary>How many of the spans that a client program started were sampled, and what its library complained of.</summary>
internal sealed record SampledSpans(int Sampled, string[] Problems);

/// <summary>A theory that is skipped, with the reason, where the client programs are not installed.</summary>
internal sealed class RealClientTheoryAttribute : TheoryAttribute
{
    public RealClientTheoryAttribute() => Skip = NodeClients.MissingReason;
}
