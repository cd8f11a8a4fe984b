using System.Globalization;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>
/// Requests on disk, one file each, written under a temporary name and renamed, so that a file with a request's name is whole. Every process
/// may add; only the one that holds the lock file takes, so none is sent twice. Thread-safe.
/// </summary>
internal sealed class DiskSpool(string directory, long bytesMax, TimeProvider time) : IDisposable
{
    private const string TemporaryExtension = ".tmp";
    private const string LockName = "lock";

    // What a file takes on most disks however little is in it; it bounds the number of files as well.
    private const long FileBytesMin = 4096;

    // A file this old under its temporary name was left by a process that died.
    private static readonly TimeSpan AbandonedAge = TimeSpan.FromHours(1);

    private readonly string writer = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12];
    private readonly Lock gate = new();
    private readonly Queue<SpoolFile> listed = new();
    private FileStream? lockFile;
    private SpoolFile? taken;

    /// <summary>Adds a request; the oldest make room.</summary>
    /// <returns>Spans of the requests that were dropped for it.</returns>
    /// <exception cref="IOException">The disk would not.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory is not ours to write.</exception>
    public int Write(EncodedRequest request)
    {
        var file = new SpoolFile(request.Stamp, writer, request.SpanCount);
        string path = Path.Combine(directory, file.Name);
        lock (gate)
        {
            Directory.CreateDirectory(directory);
            if (Size(request.Body.Length) > bytesMax)
                return request.SpanCount;
            int evicted = MakeRoom(Size(request.Body.Length));
            using (FileStream stream = new(path + TemporaryExtension, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(request.Body.Span);
                stream.Flush(flushToDisk: true);
            }
            File.Move(path + TemporaryExtension, path);
            return evicted;
        }
    }

    /// <summary>Becomes the one process that takes, unless another is; ends with the process or <see cref="Dispose"/>.</summary>
    public bool TryOwn()
    {
        lock (gate)
        {
            if (lockFile is not null)
                return true;
            try
            {
                Directory.CreateDirectory(directory);
                // No sharing: the system refuses a second handle, and lets go of this one even if the process is killed.
                lockFile = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                DeleteAbandoned();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Looks again at what is there, for requests of other processes and since.</summary>
    public void List()
    {
        lock (gate)
        {
            listed.Clear();
            foreach ((SpoolFile file, _) in Files())
                listed.Enqueue(file);
        }
    }

    /// <summary>The oldest request, which stays on disk until <see cref="Delete"/>; null when there is none listed. Only for the owner.</summary>
    /// <exception cref="IOException">It could not be read; it stays, and is <see cref="Taken"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public EncodedRequest? TakeOldest()
    {
        lock (gate)
        {
            while (listed.TryDequeue(out taken))
            {
                string path = Path.Combine(directory, taken.Name);
                if (File.Exists(path))
                    return EncodedRequest.Spooled(File.ReadAllBytes(path), taken);
            }
            return null;
        }
    }

    public SpoolFile? Taken
    {
        get
        {
            lock (gate)
                return taken;
        }
    }

    /// <summary>Removes a request that needs no more sending.</summary>
    public void Delete(SpoolFile file)
    {
        lock (gate)
        {
            taken = null;
            TryDelete(Path.Combine(directory, file.Name));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            lockFile?.Dispose();
            lockFile = null;
        }
    }

    private int MakeRoom(long needed)
    {
        List<(SpoolFile File, long Bytes)> files = Files();
        long total = files.Sum(file => file.Bytes) + needed;
        int evicted = 0;
        foreach ((SpoolFile file, long bytes) in files)
        {
            if (total <= bytesMax)
                break;
            // The one being sent may arrive yet; dropping it would count it as lost and sent.
            if (file == taken || !TryDelete(Path.Combine(directory, file.Name)))
                continue;
            total -= bytes;
            evicted += file.SpanCount;
        }
        return evicted;
    }

    private List<(SpoolFile File, long Bytes)> Files()
    {
        var files = new List<(SpoolFile File, long Bytes)>();
        var info = new DirectoryInfo(directory);
        if (!info.Exists)
            return files;
        foreach (FileInfo item in info.EnumerateFiles("*" + SpoolFile.Extension))
        {
            if (SpoolFile.TryParse(item.Name, out SpoolFile? file) && LengthOf(item) is { } length)
                files.Add((file!, Size(length)));
        }
        files.Sort(static (left, right) => string.CompareOrdinal(left.File.Name, right.File.Name));
        return files;
    }

    // Another process may have deleted it since it was listed.
    private static long? LengthOf(FileInfo item)
    {
        try
        {
            return item.Length;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void DeleteAbandoned()
    {
        DateTime before = time.GetUtcNow().UtcDateTime - AbandonedAge;
        foreach (string path in Directory.EnumerateFiles(directory, "*" + TemporaryExtension))
        {
            if (File.GetLastWriteTimeUtc(path) < before)
                TryDelete(path);
        }
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Size(long bytes) => Math.Max(bytes, FileBytesMin);
}
