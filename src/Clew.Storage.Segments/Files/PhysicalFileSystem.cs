namespace Clew.Storage.Segments.Files;

/// <summary>The operating system's files.</summary>
internal sealed class PhysicalFileSystem : IFileSystem
{
    public void CreateDirectory(string path) => Try("create directory", path, static path =>
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
            return 0;
        var missing = new List<string>();
        for (string? at = full; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            missing.Add(at);
        Directory.CreateDirectory(full);
        // A directory is durable when the one it stands in is flushed.
        foreach (string created in missing)
            NativeSync.FlushDirectory(Path.GetDirectoryName(created)!);
        return 0;
    });

    public IReadOnlyList<string> ListFiles(string directory) => Try("list", directory, static directory =>
    {
        if (!Directory.Exists(directory))
            return [];
        string[] names = [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    });

    public IStoreFile Create(string path) => Try("create", path, static path =>
        new PhysicalFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)));

    public IStoreFile OpenRead(string path) => Try("open", path, static path =>
        new PhysicalFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));

    public IMappedFile OpenMapped(string path) => Try("map", path, static path => MappedFile.Open(path));

    public void Rename(string path, string newPath) => Try("rename", path, path =>
    {
        File.Move(path, newPath, overwrite: true);
        return 0;
    });

    public void Delete(string path) => Try("delete", path, static path =>
    {
        File.Delete(path);
        return 0;
    });

    public void SyncDirectory(string path) => Try("flush directory", path, static path =>
    {
        NativeSync.FlushDirectory(path);
        return 0;
    });

    public long FreeBytes(string directory) => Try("find the free space of", directory, static directory =>
        new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace);

    public IDisposable? TryLock(string path) => Try("lock", path, static path => FileLock.TryTake(path));

    private static T Try<T>(string operation, string path, Func<string, T> call)
    {
        try
        {
            return call(path);
        }
        catch (Exception exception) when (FileErrors.IsIo(exception))
        {
            throw FileErrors.Of(operation, path, exception);
        }
    }
}
