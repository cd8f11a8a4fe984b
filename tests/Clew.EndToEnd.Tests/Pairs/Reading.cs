using System.Net;
using System.Text.Json;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Asks until an answer is what is waited for: nobody tells a sender over UDP when its spans are stored.</summary>
internal static class Reading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<JsonElement> WaitAsync(HttpClient client, string path, Func<JsonElement, bool> isWhole)
    {
        JsonElement answer = default;
        await Eventually.True(async () =>
        {
            using HttpResponseMessage response = await client.GetAsync(path);
            if (response.StatusCode != HttpStatusCode.OK)
                return false;
            answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            return isWhole(answer);
        }, Patience, () => $"{path} is not whole: {answer}");
        return answer;
    }

    public static async Task<JsonElement> JsonAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    public static async Task<IEnumerable<string?>> StringsAsync(HttpClient client, string path, string property) =>
        (await JsonAsync(client, path)).GetProperty(property).EnumerateArray().Select(static item => item.GetString());

    /// <summary>A member in text form; null when it is not there.</summary>
    public static string? TextOf(this JsonElement element, string name) => element.TryGetProperty(name, out JsonElement member) ? member.ToString() : null;
}
