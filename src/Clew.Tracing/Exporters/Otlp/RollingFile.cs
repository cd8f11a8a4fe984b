namespace Clew.Tracing.Exporters.Otlp;

/// <summary>A file that is renamed when it is full, so that a bounded number of bounded files exist. Not thread-safe.</summary>
internal sealed class RollingFile(string path, long fileBytesMax, int filesMax) : IDisposable
{
    private FileStream? stream;

    /// <summary>Appends bytes that must stay together.</summary>
    /// <exception cref="IOException">The disk would not.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is not ours to write.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        stream ??= Open();
        if (stream.Length > 0 && stream.Length + bytes.Length > fileBytesMax)
        {
            Dispose();
            Roll();
            stream = Open();
        }
        stream.Write(bytes);
    }

    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
    }

    private FileStream Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
            Directory.CreateDirectory(directory);
        // Unbuffered: a batch is one write, and is there for readers when the export is over.
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private void Roll()
    {
        if (filesMax == 1)
        {
            File.Delete(path);
            return;
        }
        for (int number = filesMax - 2; number >= 1; number--)
        {
            if (File.Exists(Numbered(number)))
                File.Move(Numbered(number), Numbered(number + 1), overwrite: true);
        }
        File.Move(path, Numbered(1), overwrite: true);
    }

    private string Numbered(int number) => Path.ChangeExtension(path, null) + "." + number + Path.GetExtension(path);
}
