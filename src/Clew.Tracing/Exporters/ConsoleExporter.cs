using System.Diagnostics;
using System.Globalization;
using System.Text;
using Clew.Tracing.Exporters.Encoding;
using OpenTelemetry;

namespace Clew.Tracing.Exporters;

/// <summary>Writes one readable line per span: end time (UTC), kind, name, duration, status, ids, tags.</summary>
/// <param name="output">Where to; the console's standard output when null. Not closed.</param>
public sealed class ConsoleExporter(TextWriter? output = null) : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly TagText text = new();
    private readonly StringBuilder line = new();

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            TextWriter writer = output ?? Console.Out;
            foreach (Activity span in batch)
            {
                line.Clear();
                Format(span);
                writer.WriteLine(line);
            }
            writer.Flush();
        }
        return ExportResult.Success;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private void Format(Activity span)
    {
        DateTime end = span.StartTimeUtc + span.Duration;
        line.Append(CultureInfo.InvariantCulture, $"{end:HH:mm:ss.fff} {KindWord(span.Kind),-8} ");
        AppendLine(span.DisplayName);
        line.Append(CultureInfo.InvariantCulture, $" {span.Duration.TotalMilliseconds:0.###} ms");
        SpanStatus status = SpanStatus.Of(span);
        if (status.Code == ActivityStatusCode.Error)
        {
            line.Append(" ERROR");
            if (!string.IsNullOrEmpty(status.Description))
                AppendLine($" ({status.Description})");
        }
        line.Append(CultureInfo.InvariantCulture, $" trace={span.TraceId} span={span.SpanId}");
        if (SpanIds.HasParent(span))
            line.Append(CultureInfo.InvariantCulture, $" parent={span.ParentSpanId}");
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (tag.Value is not null && !SpanStatus.IsKey(tag.Key))
                AppendTag(tag.Key, tag.Value);
        }
        foreach (ref readonly ActivityEvent item in span.EnumerateEvents())
            AppendLine($" [{item.Name} +{(item.Timestamp.UtcDateTime - span.StartTimeUtc).TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms]");
    }

    private void AppendTag(string key, object value)
    {
        AppendLine($" {key}=");
        try
        {
            TagValue tag = TagValue.Of(value);
            AppendLine(tag.Kind == TagKind.Text ? tag.Text : System.Text.Encoding.UTF8.GetString(text.Of(tag)));
        }
#pragma warning disable CA1031 // The value is the application's object, and its text may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            line.Append(CultureInfo.InvariantCulture, $"({e.GetType().Name})");
        }
    }

    // A span stays one line, and what came over the network moves no cursor.
    private void AppendLine(string part)
    {
        foreach (char letter in part)
            line.Append(char.IsControl(letter) ? ' ' : letter);
    }

    private static string KindWord(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "client",
        ActivityKind.Server => "server",
        ActivityKind.Producer => "producer",
        ActivityKind.Consumer => "consumer",
        _ => "internal",
    };
}
