using System.Net;
using System.Text;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Api.Zipkin;

/// <summary>What probes and Zipkin's page ask of a server beside spans: health, version, configuration, a front page.</summary>
internal sealed class ZipkinServerInfo(HealthCheckService health, BoundListeners listeners, WebOptions web)
{
    public Task HealthAsync(HttpContext context) => AnswerHealthAsync(context, "application/json; charset=utf-8");

    public Task ActuatorHealthAsync(HttpContext context) => AnswerHealthAsync(context, "application/vnd.spring-boot.actuator.v2+json;charset=UTF-8");

    public static Task InfoAsync(HttpContext context) => JsonAnswer.WriteAsync(context, JsonAnswer.Compact, static writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("zipkin"u8);
        writer.WriteString("version"u8, ProductVersion.Text);
        writer.WriteString("commit"u8, ProductVersion.Commit);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>What Zipkin's page reads before anything else.</summary>
    public static Task ConfigAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "max-age=600";
        return JsonAnswer.WriteAsync(context, JsonAnswer.Indented(2), static writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("environment"u8, "");
            writer.WriteNumber("queryLimit"u8, 10);
            writer.WriteNumber("defaultLookback"u8, 15 * 60_000);
            writer.WriteBoolean("searchEnabled"u8, true);
            writer.WriteNull("logsUrl"u8);
            writer.WriteNull("supportUrl"u8);
            writer.WriteNull("archivePostUrl"u8);
            writer.WriteNull("archiveUrl"u8);
            writer.WriteStartObject("dependency"u8);
            writer.WriteBoolean("enabled"u8, true);
            writer.WriteNumber("lowErrorRate"u8, 0.5);
            writer.WriteNumber("highErrorRate"u8, 0.75);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    /// <summary>Where Zipkin's page is; relative, so that host and port stay those the browser knows.</summary>
    public static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect("/zipkin/");
        return Task.CompletedTask;
    }

    /// <summary>
    /// People who open Zipkin's port in a browser are shown the way to the pages, which are on another port; bookmarked searches are brought there.
    /// </summary>
    public Task FrontPageAsync(HttpContext context)
    {
        if (context.Request.Path.Value is "/zipkin")
            return RedirectAsync(context);
        if (context.Request.QueryString.HasValue && PageAddress(context, "search" + context.Request.QueryString) is { } search)
        {
            context.Response.Redirect(search);
            return Task.CompletedTask;
        }
        context.Response.Headers.CacheControl = "max-age=60";
        string link = PageAddress(context, "") is { } pages
            ? $"<p>The pages are at <a href=\"{Html(pages)}\">port {listeners[ListenerRole.Query]!.Port}</a>.</p>"
            : "<p>This process serves no pages.</p>";
        context.Response.ContentType = "text/html; charset=utf-8";
        return JsonAnswer.WriteBytesAsync(context, Encoding.UTF8.GetBytes(
            $"<!doctype html><html lang=\"en\"><title>Clew</title><h1>Clew</h1><p>This port takes Zipkin spans and answers Zipkin's API.</p>{link}</html>\n"));
    }

    /// <summary>Zipkin's address of a trace, bookmarked or in a chat, leads to the trace.</summary>
    public Task TracePageAsync(HttpContext context)
    {
        TraceId id = ZipkinTraceIds.Parse((string)context.Request.RouteValues["traceId"]!);
        context.Response.Redirect(PageAddress(context, $"trace/{id.ToShortString()}") ?? throw ApiException.NotFound("this process serves no pages"));
        return Task.CompletedTask;
    }

    /// <summary>An address of the pages as seen from where the request came; null when no pages are served.</summary>
    private string? PageAddress(HttpContext context, string pathAndQuery) =>
        listeners[ListenerRole.Query] is { } query ? $"http://{context.Request.Host.Host}:{query.Port}{web.BasePath}/{pathAndQuery}" : null;

    private async Task AnswerHealthAsync(HttpContext context, string contentType)
    {
        HealthReport report = await health.CheckHealthAsync(context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = contentType;
        await JsonAnswer.WriteBytesAsync(context, JsonAnswer.Serialize(JsonAnswer.Indented(2), writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, Total(report));
            writer.WriteStartObject("zipkin"u8);
            writer.WriteString("status"u8, Total(report));
            writer.WriteStartObject("details"u8);
            foreach ((string component, HealthReportEntry entry) in report.Entries)
                Write(writer, component, entry);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }));
    }

    private static void Write(Utf8JsonWriter writer, string component, HealthReportEntry entry)
    {
        writer.WriteStartObject(component);
        writer.WriteString("status"u8, Word(entry.Status));
        if (entry.Status != HealthStatus.Healthy)
        {
            writer.WriteStartObject("details"u8);
            writer.WriteString("error"u8, entry.Description ?? "unknown");
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    // A door that cannot receive is named below and does not take the server down, unlike in Zipkin: the others go on.
    private static string Total(HealthReport report) => report.Status == HealthStatus.Unhealthy ? "DOWN" : "UP";

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "UP" : "DOWN";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
