using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

public sealed class DirectoryLockTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("clew-lock-").FullName;
    private readonly PhysicalFileSystem files = new();

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_second_holder_is_refused_and_told_the_directory_and_the_process()
    {
        using DirectoryLock first = DirectoryLock.Take(files, root);
        DirectoryLockedException refused = Assert.Throws<DirectoryLockedException>(() => DirectoryLock.Take(files, root));
        Assert.Equal(Environment.ProcessId, refused.HolderProcessId);
        Assert.Equal(
            $"The data directory '{root}' is in use by the process {Environment.ProcessId}. Stop it, or give this one a directory of its own.",
            refused.Message);
    }

    [Fact]
    public void The_directory_is_free_again_when_the_holder_lets_go()
    {
        DirectoryLock.Take(files, root).Dispose();
        DirectoryLock.Take(files, root).Dispose();
        Assert.Equal([DirectoryLock.LockFileName], files.ListFiles(root));
    }

    [Fact]
    public void Without_a_readable_holder_the_message_still_names_the_directory()
    {
        using DirectoryLock first = DirectoryLock.Take(files, root);
        File.WriteAllText(Path.Combine(root, DirectoryLock.HolderFileName), "what?");
        DirectoryLockedException refused = Assert.Throws<DirectoryLockedException>(() => DirectoryLock.Take(files, root));
        Assert.Null(refused.HolderProcessId);
        Assert.Contains($"'{root}' is in use by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_does_not_keep_the_lock_from_being_taken()
    {
        var full = new FaultyFileSystem(1) { CapacityBytes = 0 };
        DirectoryLock.Take(full, "/data").Dispose();
    }
}
