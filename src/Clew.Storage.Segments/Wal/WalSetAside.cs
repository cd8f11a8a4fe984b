using System.Globalization;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>Keeps bytes that nobody can read now, for somebody who might.</summary>
internal static class WalSetAside
{
    private const int CopiedBytes = 64 << 10;
    private const string TemporaryExtension = ".tmp";

    /// <summary>
    /// Copies a part of a log file beside it. The name says where the bytes come from, so that the next replay of the same file finds the copy there.
    /// </summary>
    /// <param name="files">Where both are.</param>
    /// <param name="path">The log file.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="names">Files in the directory; the copy is added.</param>
    /// <returns>The copy; null when it could not be made.</returns>
    public static string? TryCopy(IFileSystem files, string path, long offset, long bytes, ISet<string> names)
    {
        string copyPath = string.Create(CultureInfo.InvariantCulture, $"{path}.{offset:x}{WalDamage.Extension}");
        if (names.Contains(Path.GetFileName(copyPath)))
            return copyPath;
        string temporaryPath = copyPath + TemporaryExtension;
        try
        {
            files.Delete(temporaryPath);
            Copy(files, path, temporaryPath, offset, bytes);
            files.Rename(temporaryPath, copyPath);
            files.SyncDirectory(Path.GetDirectoryName(path)!);
            names.Add(Path.GetFileName(copyPath));
            return copyPath;
        }
        catch (StoreIoException)
        {
            BestEffort.Delete(files, temporaryPath);
            return null;
        }
    }

    private static void Copy(IFileSystem files, string path, string targetPath, long offset, long bytes)
    {
        using IStoreFile source = files.OpenRead(path);
        using IStoreFile target = files.Create(targetPath);
        var window = new WalWindow(CopiedBytes);
        window.Open(source);
        for (long copied = 0; copied < bytes;)
        {
            ReadOnlyMemory<byte> piece = window.At(offset + copied, (int)Math.Min(bytes - copied, CopiedBytes));
            target.Write([piece], copied);
            copied += piece.Length;
        }
        target.FlushToDisk();
    }
}
