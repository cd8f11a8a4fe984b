namespace Clew.Storage.Segments.Files;

/// <summary>
/// The little that the store needs of a file system. Behind an interface so that tests can crash it at any operation, tear writes, lose what was
/// not flushed, fill it up and spoil what is read. Safe to call from any thread at once. Every member throws <see cref="StoreIoException"/>.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Creates the directory and those above it; durable when it returns.</summary>
    void CreateDirectory(string path);

    /// <summary>Names (not paths) of the files directly in a directory, in ordinal order; none when it does not exist.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Creates a file for reading and writing. Its name is durable after <see cref="SyncDirectory"/> only. Fails when it exists.</summary>
    IStoreFile Create(string path);

    /// <summary>Opens an existing file for reading.</summary>
    IStoreFile OpenRead(string path);

    /// <summary>Maps an existing file for reading. Its length is what it is now; who cuts it while it is mapped ends the process of who reads on.</summary>
    IMappedFile OpenMapped(string path);

    /// <summary>Gives the file another name, in place of the file that has it. Atomic; durable after <see cref="SyncDirectory"/> only.</summary>
    void Rename(string path, string newPath);

    /// <summary>Does nothing when there is no such file.</summary>
    void Delete(string path);

    /// <summary>Returns when creations, renames and deletions in the directory survive a power loss.</summary>
    void SyncDirectory(string path);

    /// <summary>Bytes this process may still write to the volume the directory is on.</summary>
    long FreeBytes(string directory);

    /// <summary>Takes a lock that ends with the process at the latest, or returns null when another holder has it.</summary>
    /// <param name="path">A file, created when missing.</param>
    IDisposable? TryLock(string path);
}
