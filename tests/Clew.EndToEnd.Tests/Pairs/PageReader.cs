using System.Net;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>The pages' HTML: the search lists the trace, its page names every span.</summary>
internal static class PageReader
{
    public static async Task AssertAsync(ServerProcess server, SentTrace sent)
    {
        await Reading.WaitAsync(
            server.Query, $"api/traces/{sent.TraceId}?raw=true", answer => answer.GetProperty("data")[0].GetProperty("spans").GetArrayLength() == sent.Spans.Length);
        string search = await server.Query.GetStringAsync($"search?service={Uri.EscapeDataString(sent.Spans[0].Service)}");
        Assert.Contains(sent.TraceId, search);
        string page = WebUtility.HtmlDecode(await server.Query.GetStringAsync($"trace/{sent.TraceId}"));
        foreach (SentSpan span in sent.Spans)
        {
            Assert.Contains(span.Name, page);
            Assert.Contains(span.Service, page);
        }
    }
}
