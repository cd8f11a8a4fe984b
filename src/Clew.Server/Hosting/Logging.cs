using Clew.Server.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace Clew.Server.Hosting;

/// <summary>Where log entries go and what they look like.</summary>
internal static class Logging
{
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static IServiceCollection AddClewLogging(this IServiceCollection services, LogOptions options) => services.AddLogging(logging =>
    {
        // The framework's own steps help nobody who runs the server.
        LogLevel frameworkLevel = options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning;
        logging.SetMinimumLevel(options.Level)
            .AddFilter("Microsoft", frameworkLevel)
            .AddFilter("System", frameworkLevel)
            // Standard output carries what a command prints.
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Each of these also chooses itself, so only the wanted one may be added.
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(static json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = TimestampFormat;
            });
        }
        else
        {
            logging.AddSimpleConsole(static text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = TimestampFormat + " ";
                text.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
    });
}
