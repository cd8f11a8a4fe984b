using System.Globalization;
using System.Text;

namespace Clew.Server.Operations.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats").</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    public void Write(MetricFamily family)
    {
        (string Labels, MetricSeries Series)[] all =
            [.. family.Series.Select(static pair => (Labels(pair.Key), pair.Value)).OrderBy(static pair => pair.Item1, StringComparer.Ordinal)];
        if (all.Length == 0)
            return;
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeWord(family.Shape.Kind)).Append('\n');
        foreach ((string labels, MetricSeries series) in all)
        {
            (double value, long[] counts) = series.Read();
            if (family.Shape.Kind == MetricKind.Histogram)
                WriteHistogram(family, labels, value, counts);
            else
                WriteSample(family.Name, labels, value);
        }
    }

    public override string ToString() => text.ToString();

    private void WriteHistogram(MetricFamily family, string labels, double sum, long[] counts)
    {
        string bucket = family.Name + "_bucket";
        string separator = labels.Length == 0 ? "" : ",";
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            string bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            WriteSample(bucket, $"{labels}{separator}le=\"{bound}\"", total);
        }
        WriteSample(family.Name + "_sum", labels, sum);
        WriteSample(family.Name + "_count", labels, total);
    }

    private void WriteSample(string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(TagSet tags)
    {
        var labels = new List<string>();
        foreach ((string key, object? value) in tags.Tags)
            labels.Add($"{MetricName.Clean(key)}=\"{Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static string Escape(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeWord(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
