using System.Diagnostics;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Otlp;
using OpenTelemetry;

namespace Clew.Tracing.Exporters;

/// <summary>Appends spans to a file as lines of OTLP JSON, one per batch, in files of bounded size and number.</summary>
public sealed class FileExporter : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly RollingFile file;
    private OtlpJsonLineEncoder? encoder;

    public FileExporter(FileExporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        file = new RollingFile(options.Path, options.FileBytesMax, options.FilesMax);
    }

    internal DeliveryCounters Counters { get; } = new("file");

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            encoder ??= new OtlpJsonLineEncoder(new ExportedResource(ParentProvider.GetResource()));
            bool kept = true;
            foreach (Activity span in batch)
            {
                if (SpanEncoding.TryAdd(encoder, span) is { } problem)
                {
                    Counters.AddDropped(1, problem);
                    kept = false;
                }
            }
            kept &= encoder.SpanCount == 0 || TryAppend(encoder);
            encoder.Reset();
            return kept ? ExportResult.Success : ExportResult.Failure;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate)
            {
                encoder?.Dispose();
                encoder = null;
                file.Dispose();
            }
        }
        base.Dispose(disposing);
    }

    private bool TryAppend(OtlpJsonLineEncoder line)
    {
        try
        {
            file.Append(line.Finish().Written);
            Counters.AddSent(line.SpanCount);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Counters.AddDropped(line.SpanCount, DropReasons.SendFailed);
            return false;
        }
    }
}
