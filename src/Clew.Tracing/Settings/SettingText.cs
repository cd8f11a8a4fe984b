using System.Globalization;
using Clew.Tracing.Propagation;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

namespace Clew.Tracing.Settings;

/// <summary>Values as they are written. What cannot be read raises a <see cref="FormatException"/> whose message goes on from "'the value' ".</summary>
internal static class SettingText
{
    private const int MaxItems = 256;

    public static string Text(string text) => text;

    public static bool Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "on" or "yes" => true,
        "false" or "0" or "off" or "no" => false,
        _ => throw new FormatException("is neither true nor false."),
    };

    public static double Ratio(string text) => Number(text) is >= 0 and <= 1 and var ratio ? ratio : throw new FormatException("is not a number from 0 to 1.");

    public static double Rate(string text) =>
        Number(text) is >= 0 and < double.PositiveInfinity and var rate ? rate : throw new FormatException("is not a number of traces per second, 0 or more.");

    public static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : throw new FormatException("is not a whole number above 0.");

    public static long Bytes(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes > 0 ? bytes : throw new FormatException("is not a number of bytes above 0.");

    public static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new FormatException("is not a port from 1 to 65535.");

    /// <summary>A number of milliseconds, one with <c>ms</c>, <c>s</c> or <c>m</c>, or <c>hh:mm:ss</c>.</summary>
    public static TimeSpan Duration(string text)
    {
        (string number, double milliseconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.OrdinalIgnoreCase) => (text[..^2], 1d),
            _ when text.EndsWith('s') => (text[..^1], 1_000d),
            _ when text.EndsWith('m') => (text[..^1], 60_000d),
            _ => (text, 1d),
        };
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * milliseconds <= int.MaxValue)
            return TimeSpan.FromMilliseconds(value * milliseconds);
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero)
            return span;
        throw new FormatException("is not a duration: milliseconds, or a number with ms, s or m.");
    }

    public static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address!
            : throw new FormatException("is not an address like http://localhost:4317.");

    public static TraceExporter[]? Exporters(string text) => text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? null
        : text.Equals("none", StringComparison.OrdinalIgnoreCase) ? []
        : [.. Items(text).Select(Exporter).Distinct()];

    public static IncomingTrust Trust(string text) => text.ToLowerInvariant() switch
    {
        "accept" => IncomingTrust.Accept,
        "ids_only" or "idsonly" => IncomingTrust.IdsOnly,
        "ignore" => IncomingTrust.Ignore,
        _ => throw new FormatException("is none of accept, ids_only, ignore."),
    };

    public static SamplerType Sampler(string text) => text.ToLowerInvariant() switch
    {
        "always_on" or "alwayson" => SamplerType.AlwaysOn,
        "always_off" or "alwaysoff" => SamplerType.AlwaysOff,
        "ratio" => SamplerType.Ratio,
        "rate_limiting" or "ratelimiting" => SamplerType.RateLimiting,
        "per_operation" or "peroperation" => SamplerType.PerOperation,
        "remote" => SamplerType.Remote,
        _ => throw new FormatException("is none of always_on, always_off, ratio, rate_limiting, per_operation, remote."),
    };

    public static OtlpExportProtocol Protocol(string text) => text.ToLowerInvariant() switch
    {
        "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        _ => throw new FormatException("is neither grpc nor http/protobuf."),
    };

    public static bool Compression(string text) => text.ToLowerInvariant() switch
    {
        "gzip" => true,
        "none" => false,
        _ => throw new FormatException("is neither gzip nor none."),
    };

    public static LogLevel Level(string text) => text.ToLowerInvariant() switch
    {
        "none" => LogLevel.None,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "information" => LogLevel.Information,
        _ => throw new FormatException("is none of none, information, warning, error."),
    };

    public static PropagationFormat[] Formats(string text)
    {
        try
        {
            return [.. PropagationOptions.Parse(text).Extract];
        }
        catch (FormatException problem)
        {
            // That message begins with the name of the variable, which need not be where this text stood.
            throw new FormatException("is no list of formats: " + problem.Message[(problem.Message.IndexOf(' ', StringComparison.Ordinal) + 1)..], problem);
        }
    }

    public static string[] Items(string text) => text.Split(',', MaxItems, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary><c>key=value,key=value</c>.</summary>
    /// <param name="text">The list.</param>
    /// <param name="decoded">Percent signs stand for characters, as in W3C baggage, whose form OTEL_RESOURCE_ATTRIBUTES and OTLP's headers have.</param>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string text, bool decoded)
    {
        foreach (string item in Items(text))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException($"has '{item}' where key=value is expected.");
            string value = item[(equals + 1)..].Trim();
            yield return new(item[..equals].Trim(), decoded ? Uri.UnescapeDataString(value) : value);
        }
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static TraceExporter Exporter(string name) => name.ToLowerInvariant() switch
    {
        "otlp" => TraceExporter.Otlp,
        "zipkin" => TraceExporter.Zipkin,
        "jaeger" or "jaeger-udp" => TraceExporter.JaegerUdp,
        "jaeger-http" => TraceExporter.JaegerHttp,
        "console" or "logging" => TraceExporter.Console,
        "file" => TraceExporter.File,
        _ => throw new FormatException($"has '{name}', which is none of otlp, zipkin, jaeger, jaeger-http, console, file; auto and none stand alone."),
    };
}
