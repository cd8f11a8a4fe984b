using System.Text.Json;
using Clew.Server.Api.Native;

namespace Clew.Server.Commands.Transfer;

/// <summary>Asks a server for page after page of <see cref="TraceExport"/>.</summary>
internal sealed class TracePages(Uri query, Dictionary<string, string> parameters)
{
    /// <summary>Written whole so far.</summary>
    public long Traces { get; private set; }

    /// <summary>Why the server left traces out; null when it did not.</summary>
    public string? Incomplete { get; private set; }

    /// <exception cref="HttpRequestException">The server cannot be reached, refuses, or breaks off.</exception>
    public async Task WriteToAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var client = new HttpClient
        {
            BaseAddress = query,
            // A page can be large; what must not last is silence, which the connection notices.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        do
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(TraceExport.Path + QueryString.Create(parameters!), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"{query} answered {(int)response.StatusCode}: {await ErrorAsync(response, cancellationToken)}");
            await CopyAsync(response, output, cancellationToken);
            Incomplete ??= Header(response, TraceExport.IncompleteHeader) is { } reason ? Uri.UnescapeDataString(reason) : null;
            if (Header(response, TraceExport.NextHeader) is not { } next)
                break;
            parameters["after"] = next;
        }
        while (true);
        await output.FlushAsync(cancellationToken);
    }

    private async Task CopyAsync(HttpResponseMessage response, TextWriter output, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteAsync(line.AsMemory(), cancellationToken);
            await output.WriteAsync('\n');
            Traces++;
        }
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("error"u8, out JsonElement message) ? message.ToString() : response.ReasonPhrase ?? "";
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            // Not Clew, or something in front of it.
            return response.ReasonPhrase ?? "";
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
