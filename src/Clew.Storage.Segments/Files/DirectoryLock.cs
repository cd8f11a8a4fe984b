using System.Globalization;
using System.Text;

namespace Clew.Storage.Segments.Files;

/// <summary>
/// Holds a data directory for one store. Two writers in one directory would overwrite each other's files without noticing, so whoever opens it
/// takes this first and lets go last.
/// </summary>
/// <remarks>
/// The lock is on <c>clew.lock</c>, which stays behind empty. The holder's process id stands in <c>clew.pid</c>, because a locked file cannot be read
/// by others everywhere; it only serves the message, so that failing to write or read it hinders nobody.
/// </remarks>
internal sealed class DirectoryLock : IDisposable
{
    public const string LockFileName = "clew.lock";
    public const string HolderFileName = "clew.pid";

    // A process id has at most 10 digits.
    private const int HolderBytesMax = 16;

    private readonly IFileSystem files;
    private readonly string holderPath;
    private readonly IDisposable held;

    private DirectoryLock(IFileSystem files, string holderPath, IDisposable held)
    {
        this.files = files;
        this.holderPath = holderPath;
        this.held = held;
    }

    /// <exception cref="DirectoryLockedException"/>
    /// <exception cref="StoreIoException"/>
    public static DirectoryLock Take(IFileSystem files, string directory)
    {
        files.CreateDirectory(directory);
        string holderPath = Path.Combine(directory, HolderFileName);
        IDisposable held = files.TryLock(Path.Combine(directory, LockFileName))
            ?? throw new DirectoryLockedException(directory, ReadHolder(files, holderPath));
        WriteHolder(files, holderPath);
        return new DirectoryLock(files, holderPath, held);
    }

    public void Dispose()
    {
        try
        {
            files.Delete(holderPath);
        }
        catch (StoreIoException)
        {
            // The next holder overwrites it.
        }
        held.Dispose();
    }

    private static void WriteHolder(IFileSystem files, string path)
    {
        try
        {
            files.Delete(path);
            using IStoreFile file = files.Create(path);
            file.Write([Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture))], 0);
        }
        catch (StoreIoException)
        {
            // A full disk must not keep the store from opening to be read.
        }
    }

    private static int? ReadHolder(IFileSystem files, string path)
    {
        try
        {
            using IStoreFile file = files.OpenRead(path);
            Span<byte> text = stackalloc byte[HolderBytesMax];
            return int.TryParse(text[..file.Read(text, 0)], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
        }
        catch (StoreIoException)
        {
            return null;
        }
    }
}
