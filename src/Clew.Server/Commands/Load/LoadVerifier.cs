using System.Net;
using System.Text.Json;
using Clew.Model;

namespace Clew.Server.Commands.Load;

/// <summary>Asks a Jaeger query API for every trace of an acknowledged file.</summary>
internal static class LoadVerifier
{
    private const int Connections = 4;

    // Each missing trace is counted; only so many are printed.
    private const int MissingShownMax = 100;

    public static async Task<int> RunAsync(string path, Uri query, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            Dictionary<TraceId, long> expected;
            using (var reader = new StreamReader(Path.Combine(context.WorkingDirectory, path)))
                expected = await AcknowledgedFile.ReadAsync(reader, cancellationToken);
            return await VerifyAsync(expected, query, context.Output, cancellationToken) ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or HttpRequestException or JsonException)
        {
            context.WriteErrors(error.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            context.WriteErrors("interrupted: not every trace was looked for");
            return ExitCode.Failure;
        }
    }

    private static async Task<bool> VerifyAsync(Dictionary<TraceId, long> expected, Uri query, TextWriter output, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = query };
        var sync = new Lock();
        int incomplete = 0;
        long missing = 0;
        await Parallel.ForEachAsync(expected, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken }, async (trace, cancellation) =>
        {
            long found = await CountAsync(client, trace.Key, cancellation);
            if (found >= trace.Value)
                return;
            lock (sync)
            {
                missing += trace.Value - found;
                if (++incomplete <= MissingShownMax)
                    output.WriteLine($"{trace.Key}: {found} of {trace.Value} spans");
            }
        });
        if (incomplete > MissingShownMax)
            output.WriteLine($"… and {incomplete - MissingShownMax} more traces");
        output.WriteLine($"{expected.Count} traces with {expected.Values.Sum()} spans acknowledged; {incomplete} traces lack {missing} spans");
        return incomplete == 0;
    }

    private static async Task<long> CountAsync(HttpClient client, TraceId id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri($"api/traces/{id}?raw=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return 0;
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using JsonDocument json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return json.RootElement.GetProperty("data"u8).EnumerateArray().Sum(static trace => trace.GetProperty("spans"u8).GetArrayLength());
    }
}
