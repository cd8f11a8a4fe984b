using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

/// <summary>
/// Files in memory that fail as real ones do. It knows what a power loss leaves: flushed content and synced names for certain, and of the rest any
/// part, writes torn at any byte. The same seed gives the same faults; print <see cref="Seed"/> when a test fails.
/// </summary>
/// <remarks>Harsher than real file systems, which keep more of the order: what survives here survives there.</remarks>
internal sealed partial class FaultyFileSystem(int seed) : IFileSystem
{
    private readonly Lock sync = new();
    private readonly Random random = new(seed);
    private readonly HashSet<string> locks = [];
    private Dictionary<string, FaultyDirectory> directories = [];

    public int Seed => seed;

    /// <summary>Operations begun so far. Reading, listing and asking for space change nothing and are not counted.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation, counted from 1, in the middle of which the power goes; 0 for never.</summary>
    public int PowerLossAt { get; set; }

    public bool IsOff { get; private set; }

    /// <summary>Bytes that all files together may take.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>Fails an operation on a path when it returns true.</summary>
    public Func<FileOperation, string, bool>? Fails { get; set; }

    /// <summary>Sees every operation before it happens, outside of any lock: may wait.</summary>
    public Action<FileOperation, string>? Before { get; set; }

    public IEnumerable<string> Paths
    {
        get
        {
            lock (sync)
                return [.. directories.SelectMany(directory => directory.Value.Names.Keys.Select(name => Path.Combine(directory.Key, name))).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What the next start of the machine finds.</summary>
    public FaultyFileSystem Restart()
    {
        lock (sync)
        {
            IsOff = true;
            var restarted = new FaultyFileSystem(seed + 1);
            var inodes = new Dictionary<FaultyInode, FaultyInode>();
            restarted.directories = directories.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .ToDictionary(entry => entry.Key, entry => entry.Value.Restart(random, Restarted));
            return restarted;

            // A rename whose halves came apart leaves one file under two names.
            FaultyInode Restarted(FaultyInode inode) => inodes.TryGetValue(inode, out FaultyInode? known) ? known : inodes[inode] = inode.Restart(random);
        }
    }

    public byte[] Content(string path)
    {
        lock (sync)
            return [.. Find("read", path).Content];
    }

    /// <summary>Puts a file there, durably.</summary>
    public void Put(string path, byte[] content)
    {
        lock (sync)
        {
            var inode = new FaultyInode();
            inode.Write(0, content);
            inode.Flush();
            DirectoryOf(path).Change((Path.GetFileName(path), inode));
            DirectoryOf(path).Sync();
        }
    }

    public void FlipBit(string path, long bit)
    {
        lock (sync)
            Find("flip", path).FlipBit(bit);
    }

    private long UsedBytes => directories.Values.SelectMany(directory => directory.Names.Values).Sum(inode => (long)inode.Content.Length);

    private FaultyDirectory DirectoryOf(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        if (!directories.TryGetValue(directory, out FaultyDirectory? found))
            directories[directory] = found = new FaultyDirectory();
        return found;
    }

    private FaultyInode Find(string operation, string path) => DirectoryOf(path).Names.TryGetValue(Path.GetFileName(path), out FaultyInode? inode)
        ? inode
        : throw new StoreIoException(operation, path, "there is no such file");

    /// <summary>Runs an operation, or the part of it that happens before the power goes.</summary>
    /// <param name="operation">What it is.</param>
    /// <param name="path">On what.</param>
    /// <param name="act">Does it.</param>
    /// <param name="fail">What a failure leaves behind, if anything.</param>
    private T Do<T>(FileOperation operation, string path, Func<T> act, Action? fail = null)
    {
        Before?.Invoke(operation, path);
        lock (sync)
        {
            if (IsOff)
                throw new PowerLossException(operation, path);
            bool changes = operation is not (FileOperation.Read or FileOperation.Open or FileOperation.List or FileOperation.FreeBytes);
            if (changes && ++Operations == PowerLossAt)
            {
                // Half of the time the operation has happened and only its result is not heard of. A flush is not: it may have done anything, which
                // leaving its writes unflushed covers.
                if (operation is not (FileOperation.Flush or FileOperation.SyncDirectory) && random.Next(2) == 0)
                    act();
                IsOff = true;
                throw new PowerLossException(operation, path);
            }
            if (Fails?.Invoke(operation, path) == true)
            {
                fail?.Invoke();
                throw new StoreIoException(operation.ToString(), path, "made to fail");
            }
            return act();
        }
    }
}
