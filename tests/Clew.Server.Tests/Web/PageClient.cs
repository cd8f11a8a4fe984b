using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Clew.Server.Tests.Web;

/// <summary>Fetches pages and reads them as a browser would.</summary>
internal sealed class PageClient(Uri baseAddress) : IDisposable
{
    private static readonly HtmlParser Parser = new();

    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = baseAddress };

    public async Task<HttpResponseMessage> SendAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(baseAddress, address));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    /// <summary>A page that must be there and keep the rules of all pages.</summary>
    public async Task<IHtmlDocument> GetAsync(string address, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(address, headers);
        Assert.Equal(status, response.StatusCode);
        IHtmlDocument page = Parser.ParseDocument(await response.Content.ReadAsStringAsync());
        PageRules.Check(response, page);
        return page;
    }

    public void Dispose() => http.Dispose();
}
