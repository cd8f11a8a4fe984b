using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Clew.Server.Web;

/// <summary>
/// Answers with a component rendered to HTML. The framework's own result would bring antiforgery and, with it, data-protection keys written to
/// disk at start; pages that only read need neither.
/// </summary>
internal sealed class PageResult<TPage>(PageContext context, object? model, int statusCode = StatusCodes.Status200OK) : IResult where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var parameters = new Dictionary<string, object?> { ["Context"] = context };
        if (model is not null)
            parameters["Model"] = model;

        using var body = new MemoryStream();
        IServiceProvider services = httpContext.RequestServices;
        await using (var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>()))
        {
            await renderer.Dispatcher.InvokeAsync(async () =>
            {
                Microsoft.AspNetCore.Components.Web.HtmlRendering.HtmlRootComponent root = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                root.WriteHtmlTo(writer);
            });
        }

        HttpResponse response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        // Spans arrive all the time; and a language or theme switch must not be answered from a cache.
        response.Headers.CacheControl = "no-cache";
        PageHeaders.Apply(response);
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), httpContext.RequestAborted);
    }
}
