using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Clew.Bench.Store;

/// <summary>Makes the operating system forget files, as after a start of the machine. Linux only; needs no rights.</summary>
internal static partial class FileCache
{
    private const int DontNeed = 4;

    /// <summary>Drops what the system remembers of a directory's files. What a process has mapped stays, so whoever has them open must close them before.</summary>
    public static void Drop(string directory)
    {
        foreach (string path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            using SafeFileHandle file = File.OpenHandle(path);
            // Only what is on the disk can be dropped.
            RandomAccess.FlushToDisk(file);
            if (Advise(file, 0, 0, DontNeed) != 0)
                throw new IOException($"The system keeps '{path}' in memory.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle descriptor, long offset, long length, int advice);
}
