using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Clew.Server.Web;

namespace Clew.Server.Tests.Web;

/// <summary>What holds for every page: nothing the content security policy would stop, and what assistive technology needs.</summary>
internal static class PageRules
{
    public static void Check(HttpResponseMessage response, IHtmlDocument page)
    {
        Assert.Equal(PageHeaders.ContentSecurityPolicy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.False(response.Headers.Contains("Set-Cookie") && response.RequestMessage!.RequestUri!.Query.Length == 0);

        foreach (IElement element in page.All)
        {
            Assert.False(element.HasAttribute("style"), element.OuterHtml);
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            foreach (string name in (string[])["href", "src", "action"])
                Assert.DoesNotMatch("^\\s*(javascript|data|https?):", element.GetAttribute(name) ?? "");
        }
        Assert.All(page.Scripts, script => Assert.True(script.Type == "module" && script.Source?.Length > 0 && script.TextContent.Length == 0));
        Assert.Empty(page.QuerySelectorAll("style"));

        Assert.Contains(page.DocumentElement.GetAttribute("lang"), Texts.Languages.Select(texts => texts.Code));
        Assert.EndsWith(" · Clew", page.Title, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.NotNull(page.QuerySelector("a.skip[href='#main']"));
        Assert.All(page.QuerySelectorAll("svg[role=img]"), svg => Assert.False(string.IsNullOrEmpty(svg.GetAttribute("aria-label"))));
        Assert.All(page.QuerySelectorAll("a, button, summary"), HasName);
        Assert.All(page.QuerySelectorAll("input:not([type=hidden]), select, textarea"), HasLabel);
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(element => element.Id!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("use"), use => Assert.Contains(use.GetAttribute("href")![1..], ids));
    }

    private static void HasName(IElement element) =>
        Assert.True(element.TextContent.Trim().Length > 0 || element.HasAttribute("aria-label") || element.GetAttribute("tabindex") == "-1", element.OuterHtml);

    private static void HasLabel(IElement element) => Assert.True(
        element.HasAttribute("aria-label") || element.Closest("label") is not null || element.Owner!.QuerySelector($"label[for='{element.Id}']") is not null, element.OuterHtml);
}
