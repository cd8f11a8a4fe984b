namespace Clew.Tracing.Exporters;

/// <summary>Options of <see cref="FileExporter"/>.</summary>
public sealed class FileExporterOptions
{
    /// <summary>The file being written. Full ones stand beside it with a number before the extension, 1 being the newest.</summary>
    public string Path { get; set; } = "traces.jsonl";

    /// <summary>The size at which the next file is begun, in bytes. A file is larger only when a single line is.</summary>
    public long FileBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Files kept, with the one being written; older ones are deleted.</summary>
    public int FilesMax { get; set; } = 5;

    /// <exception cref="ArgumentException">The path is empty, or a bound is not positive.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FileBytesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FilesMax);
    }
}
