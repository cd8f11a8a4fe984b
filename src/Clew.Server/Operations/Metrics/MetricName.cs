using System.Collections.Frozen;
using System.Text;

namespace Clew.Server.Operations.Metrics;

/// <summary>
/// Prometheus' names for OpenTelemetry's: dots and other characters become underscores, the unit is a word at the end, counters end in
/// <c>_total</c> (OpenTelemetry specification, "Prometheus and OpenMetrics compatibility").
/// </summary>
internal static class MetricName
{
    private static readonly FrozenDictionary<string, string> UnitWords = new Dictionary<string, string>
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["%"] = "percent",
    }.ToFrozenDictionary();

    public static string Of(string name, string? unit, MetricKind kind)
    {
        string result = Clean(name);
        // Units in braces ({span}) are remarks, and a name that has the word already does not need it twice.
        string? word = unit is null ? null : unit == "1" && kind == MetricKind.Gauge ? "ratio" : UnitWords.GetValueOrDefault(unit);
        if (word is not null && !result.Split('_').Contains(word, StringComparer.Ordinal))
            result += "_" + word;
        return kind == MetricKind.Counter && !result.EndsWith("_total", StringComparison.Ordinal) ? result + "_total" : result;
    }

    /// <summary>A name of letters, digits and underscores that does not start with a digit.</summary>
    public static string Clean(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        foreach (char character in name)
        {
            if (result.Length == 0 && char.IsAsciiDigit(character))
                result.Append('_');
            result.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }
        return result.ToString();
    }
}
