using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Clew.Storage.Segments.Files;

/// <summary>Durability where the framework offers none: flushing data without metadata, and directories.</summary>
internal static partial class NativeSync
{
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// Linux: fdatasync, which spares the journal what only fsync needs (times), but does write a changed length. Elsewhere what the
    /// framework does: FlushFileBuffers on Windows, F_FULLFSYNC on macOS.
    /// </summary>
    public static void Flush(SafeFileHandle handle, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }
        while (DataSync(handle) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Interrupted)
                throw FileErrors.OfErrno("flush", path, errno);
        }
    }

    /// <summary>Makes the names in a directory durable. Windows keeps them in its own journal and cannot be asked.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        // Read-only is 0 everywhere; the other flag's value is Linux's.
        int descriptor = Open(path, OperatingSystem.IsLinux() ? CloseOnExec : 0);
        if (descriptor < 0)
            throw FileErrors.OfErrno("open directory", path, Marshal.GetLastPInvokeError());
        try
        {
            while (Sync(descriptor) != 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Interrupted)
                    throw FileErrors.OfErrno("flush directory", path, errno);
            }
        }
        finally
        {
            // Its result says nothing that the flush did not say.
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
