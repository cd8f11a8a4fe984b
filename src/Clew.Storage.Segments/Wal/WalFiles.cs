using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>Reads a log without opening it for appending, and without setting anything aside.</summary>
internal static class WalFiles
{
    // Bodies are read one at a time; larger ones make it larger.
    private const int WindowBytes = 1 << 20;

    /// <summary>The files of a log, oldest first.</summary>
    public static List<WalFile> List(IFileSystem files, string directory)
    {
        var found = new List<WalFile>();
        foreach (string name in files.ListFiles(directory))
        {
            if (WalFileName.TryParse(name, out WalFileName parsed))
                found.Add(new WalFile(parsed, Path.Combine(directory, name)));
        }
        return found;
    }

    /// <summary>Gives every record that can be read to <paramref name="onRecord"/>, and every place that cannot to <paramref name="onGap"/>.</summary>
    /// <exception cref="StoreVersionException">A file was written by a newer version.</exception>
    public static void Read(
        IFileSystem files, string directory, Action<long, WalRecord> onRecord, Action<WalFile, WalGap> onGap, CancellationToken cancellationToken)
    {
        var window = new WalWindow(WindowBytes);
        List<WalFile> logFiles = List(files, directory);
        for (int i = 0; i < logFiles.Count; i++)
        {
            using IStoreFile file = files.OpenRead(logFiles[i].Path);
            window.Open(file);
            var reader = new WalFileReader(window, logFiles[i], i + 1 < logFiles.Count ? logFiles[i + 1].Name.First : long.MaxValue, onGap);
            while (reader.TryRead(out long position, out WalRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                onRecord(position, record);
            }
        }
    }
}
