using System.Net;
using System.Text;
using System.Text.Json;
using Clew.Server.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Api.Zipkin;

/// <summary>What probes and Zipkin's page ask of a server beside spans: health, version, configuration, a front page.</summary>
internal sealed class ZipkinServerInfo(HealthCheckService health, BoundListeners listeners)
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

    /// <summary>People who open Zipkin's port in a browser are shown the way to the pages, which are on another port.</summary>
    public Task FrontPageAsync(HttpContext context)
    {
        string link = listeners[ListenerRole.Query] is { } query
            ? $"<p>The pages are at <a href=\"http://{Html(context.Request.Host.Host)}:{query.Port}/\">port {query.Port}</a>.</p>"
            : "<p>This process serves no pages.</p>";
        context.Response.ContentType = "text/html; charset=utf-8";
        return JsonAnswer.WriteBytesAsync(context, Encoding.UTF8.GetBytes(
            $"<!doctype html><html lang=\"en\"><title>Clew</title><h1>Clew</h1><p>This port takes Zipkin spans and answers Zipkin's API.</p>{link}</html>\n"));
    }

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
