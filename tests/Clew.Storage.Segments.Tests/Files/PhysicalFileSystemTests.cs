using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("clew-files-").FullName;
    private readonly PhysicalFileSystem files = new();

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Pieces_are_written_in_order_and_read_back_from_any_position()
    {
        string path = Path.Combine(root, "file");
        using (IStoreFile file = files.Create(path))
        {
            file.Write([new byte[] { 1, 2 }, ReadOnlyMemory<byte>.Empty, new byte[] { 3 }], 0);
            file.Write([new byte[] { 4 }], 3);
            file.FlushToDisk();
            Assert.Equal(4, file.Length);
            file.Truncate(3);
        }
        files.SyncDirectory(root);
        using IStoreFile read = files.OpenRead(path);
        byte[] buffer = new byte[8];
        Assert.Equal(2, read.Read(buffer, 1));
        Assert.Equal([2, 3], buffer[..2]);
        Assert.Equal(0, read.Read(buffer, 3));
    }

    [Fact]
    public void A_mapped_file_shows_its_bytes_until_it_is_disposed()
    {
        string path = Path.Combine(root, "file");
        byte[] content = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];
        using (IStoreFile file = files.Create(path))
            file.Write([content], 0);
        IMappedFile mapped = files.OpenMapped(path);
        ReadOnlyMemory<byte> part = mapped.Memory[100..];
        Assert.Equal(content, mapped.Memory.ToArray());
        files.Delete(path);
        Assert.Equal(content[100..], part.ToArray());
        mapped.Dispose();
        Assert.Throws<ObjectDisposedException>(() => part.ToArray());
        mapped.Dispose();
    }

    [Fact]
    public void What_cannot_be_mapped_is_told()
    {
        string path = Path.Combine(root, "file");
        Assert.Throws<StoreIoException>(() => files.OpenMapped(path));
        files.Create(path).Dispose();
        Assert.Contains("0 bytes", Assert.Throws<StoreIoException>(() => files.OpenMapped(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_created_with_its_parents_and_lists_files_in_order()
    {
        string directory = Path.Combine(root, "a", "b");
        Assert.Empty(files.ListFiles(directory));
        files.CreateDirectory(directory);
        foreach (string name in (string[])["y", "x"])
            files.Create(Path.Combine(directory, name)).Dispose();
        Directory.CreateDirectory(Path.Combine(directory, "z"));
        Assert.Equal(["x", "y"], files.ListFiles(directory));
        Assert.InRange(files.FreeBytes(directory), 1, long.MaxValue);
    }

    [Fact]
    public void A_rename_replaces_the_file_that_has_the_name_and_deleting_a_missing_one_is_nothing()
    {
        string from = Path.Combine(root, "from"), to = Path.Combine(root, "to");
        File.WriteAllText(from, "new");
        File.WriteAllText(to, "old");
        files.Rename(from, to);
        files.Delete(from);
        Assert.Equal("new", File.ReadAllText(to));
    }

    [Fact]
    public void Errors_name_the_operation_and_the_path()
    {
        string path = Path.Combine(root, "missing");
        StoreIoException exception = Assert.Throws<StoreIoException>(() => files.OpenRead(path));
        Assert.Equal(("open", path), (exception.Operation, exception.Path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        files.Create(path).Dispose();
        Assert.Throws<StoreIoException>(() => files.Create(path));
    }

    [Fact]
    public void A_full_device_is_told_apart_from_other_errors()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var full = new PhysicalFile("/dev/full", File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write));
        DiskFullException exception = Assert.Throws<DiskFullException>(() => full.Write([new byte[] { 1 }], 0));
        Assert.Equal("Cannot write '/dev/full': no space left on the device", exception.Message);
    }
}
