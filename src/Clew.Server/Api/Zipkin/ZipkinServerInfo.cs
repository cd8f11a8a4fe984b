using System.Net;
using System.Reflection;
using System.Text;
using Clew.Server.Hosting;
using Clew.Storage;

namespace Clew.Server.Api.Zipkin;

/// <summary>What probes and Zipkin's page ask of a server beside spans: health, version, configuration, a front page.</summary>
internal sealed class ZipkinServerInfo(ISpanStore store, BoundListeners listeners)
{
    public Task HealthAsync(HttpContext context) => AnswerHealthAsync(context, "application/json; charset=utf-8");

    public Task ActuatorHealthAsync(HttpContext context) => AnswerHealthAsync(context, "application/vnd.spring-boot.actuator.v2+json;charset=UTF-8");

    public static Task InfoAsync(HttpContext context) => JsonAnswer.WriteAsync(context, JsonAnswer.Compact, static writer =>
    {
        string version = typeof(ZipkinServerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        string[] parts = version.Split('+', 2);
        writer.WriteStartObject();
        writer.WriteStartObject("zipkin"u8);
        writer.WriteString("version"u8, parts[0]);
        writer.WriteString("commit"u8, parts.Length > 1 ? parts[1] : "");
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

    private Task AnswerHealthAsync(HttpContext context, string contentType)
    {
        string? error = StoreError();
        string status = error is null ? "UP" : "DOWN";
        context.Response.StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = contentType;
        return JsonAnswer.WriteBytesAsync(context, JsonAnswer.Serialize(JsonAnswer.Indented(2), writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, status);
            writer.WriteStartObject("zipkin"u8);
            writer.WriteString("status"u8, status);
            writer.WriteStartObject("details"u8);
            writer.WriteStartObject("store"u8);
            writer.WriteString("status"u8, status);
            if (error is not null)
            {
                writer.WriteStartObject("details"u8);
                writer.WriteString("error"u8, error);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }));
    }

    private string? StoreError()
    {
        try
        {
            _ = store.GetStatistics();
            return null;
        }
        catch (StoreUnavailableException error)
        {
            return $"{nameof(StoreUnavailableException)}: {error.Message}";
        }
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
