using System.Text.Encodings.Web;
using System.Text.Unicode;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Storage;

namespace Clew.Server.Web;

/// <summary>The web interface: pages rendered on the server, each with an address that can be shared.</summary>
internal static class Pages
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Needs an <see cref="ISpanStore"/>, <see cref="BoundListeners"/>, the ingest pipeline's counters and a <see cref="TimeProvider"/> beside.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddLogging()
        .AddSingleton<ServiceColors>()
        .AddSingleton<IIntakeRates, IntakeRates>()
        .AddSingleton<SearchEndpoint>()
        .AddSingleton<TraceEndpoint>()
        // The renderer asks for it. Names in any script are written as they are; what HTML gives a meaning is encoded all the same.
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

    /// <summary>Maps every page and the assets.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        WebAssets.Map(routes);
        Map(routes, "/", static http => Task.FromResult(Start(http)));
        Map(routes, "/search", static http => Service<SearchEndpoint>(http).GetAsync(ContextOf(http), http.Request.Query, http.RequestAborted));
        Map(routes, "/search/operations", static http => Service<SearchEndpoint>(http).GetOperationsAsync(ContextOf(http), http.Request.Query, http.RequestAborted));
        Map(routes, "/trace", static http => Task.FromResult(TraceEndpoint.Jump(http.Request.Query["id"], ContextOf(http))));
        Map(routes, "/trace/{id}", static http => Service<TraceEndpoint>(http).GetAsync((string)http.GetRouteValue("id")!, ContextOf(http), http.Request.Query, http.RequestAborted));
        // Last of all routes: whatever nothing else answers.
        Map(routes, "/{**path}", static http => Task.FromResult<IResult>(new PageResult<NoSuchPage>(ContextOf(http), null, StatusCodes.Status404NotFound)))
            .Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        Map(routes, "/intake", static http => Task.FromResult<IResult>(new PageResult<IntakePage>(ContextOf(http), new IntakeModel(Service<IntakeReporter>(http).Read()))));
        Map(routes, "/help", static http => Task.FromResult<IResult>(new PageResult<HelpPage>(ContextOf(http), null)));
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task<IResult>> page) =>
        routes.MapMethods(pattern, Reads, async (HttpContext http) => await (await page(http)).ExecuteAsync(http));

    /// <summary>Search, once there is something to search.</summary>
    private static IResult Start(HttpContext http)
    {
        PageContext context = ContextOf(http);
        return Service<ISpanStore>(http).GetStatistics().Spans > 0
            ? Results.Redirect(context.Href("search"))
            : new PageResult<FirstRunPage>(context, new FirstRunModel(Service<BoundListeners>(http)));
    }

    private static PageContext ContextOf(HttpContext http) =>
        new(http, Service<ServiceColors>(http), Service<IIntakeRates>(http), Service<TimeProvider>(http));

    private static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
