using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Clew.Server.Web;

/// <summary>What every component needs to know of the request: language, theme, where the site's root lies, the time, colours.</summary>
public sealed class PageContext
{
    private const string LanguageCookie = "clew-lang";
    private const string ThemeCookie = "clew-theme";

    private readonly HttpRequest request;

    public PageContext(HttpContext http, ServiceColors colors, IIntakeRates intake, TimeProvider time)
    {
        request = http.Request;
        Colors = colors;
        Intake = intake;
        NowNs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        Text = ChooseLanguage(http);
        Theme = request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie] : null;
        Root = RelativeRoot(request.Path);
    }

    public Texts Text { get; }

    /// <summary><c>light</c> or <c>dark</c>; null follows the system.</summary>
    public string? Theme { get; }

    /// <summary>
    /// The way from this address to the site's root, ending in a slash. All links are relative, so pages work under any path prefix, whether or not
    /// a proxy names it.
    /// </summary>
    public string Root { get; }

    public ServiceColors Colors { get; }

    public IIntakeRates Intake { get; }

    /// <summary>Unix nanoseconds when the request came in.</summary>
    public long NowNs { get; }

    /// <summary>An address of this site: <c>search?last=1d</c>.</summary>
    public string Href(string pathAndQuery) => Root + pathAndQuery;

    public string TraceHref(Model.TraceId id, string query = "") => Root + "trace/" + id.ToShortString() + query;

    public string AssetHref(string name) => Root + WebAssets.HrefOf(name);

    /// <summary>This page in another language.</summary>
    public string HrefIn(Texts other)
    {
        IEnumerable<KeyValuePair<string, string?>> parameters = request.Query
            .Where(pair => pair.Key != "lang")
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Append(KeyValuePair.Create("lang", (string?)other.Code));
        return QueryHelpers.AddQueryString("", parameters);
    }

    private static string RelativeRoot(PathString path)
    {
        int depth = (path.Value ?? "/").AsSpan(1).Count('/');
        return depth == 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
    }

    private static Texts ChooseLanguage(HttpContext http)
    {
        if (Texts.ByCode(http.Request.Query["lang"]) is { } asked)
        {
            http.Response.Cookies.Append(LanguageCookie, asked.Code, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, IsEssential = true });
            return asked;
        }
        if (Texts.ByCode(http.Request.Cookies[LanguageCookie]) is { } kept)
            return kept;
        IList<StringWithQualityHeaderValue> accepted = http.Request.GetTypedHeaders().AcceptLanguage;
        return accepted.OrderByDescending(language => language.Quality ?? 1).Select(language => Texts.ByCode(language.Value.Value)).FirstOrDefault(texts => texts is not null)
            ?? Texts.English;
    }
}
