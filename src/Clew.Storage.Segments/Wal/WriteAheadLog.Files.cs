using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>The files the log consists of.</summary>
internal sealed partial class WriteAheadLog
{
    private readonly Lock filesGate = new();

    /// <summary>Oldest first.</summary>
    private readonly List<WalFile> logFiles;

    /// <summary>
    /// Says that everything before a position is in segments, durably. Deletes the files that hold nothing else; the newest stays in any case.
    /// </summary>
    /// <exception cref="StoreIoException">A file could not be deleted; the next call tries again.</exception>
    public void ReleaseBefore(long position)
    {
        lock (filesGate)
        {
            // Oldest first: what is left has no holes.
            while (logFiles.Count > 1 && logFiles[1].Name.First <= position)
            {
                WalFile released = logFiles[0];
                if (released.HasDamageNotSetAside)
                    files.Rename(released.Path, released.Path + WalDamage.Extension);
                else
                    files.Delete(released.Path);
                logFiles.RemoveAt(0);
            }
        }
    }

    private void AddFile(WalFile file)
    {
        lock (filesGate)
            logFiles.Add(file);
    }
}
