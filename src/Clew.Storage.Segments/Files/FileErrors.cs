using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments.Files;

/// <summary>Turns what the framework throws into the store's exceptions.</summary>
internal static class FileErrors
{
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    // errno values that Linux and macOS share, and their EDQUOT.
    private const int NoSpaceUnix = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMacOs = 69;

    /// <summary>Whether it is the kind of exception file operations throw.</summary>
    public static bool IsIo(Exception exception) => exception is IOException or UnauthorizedAccessException;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StoreIoException Of(string operation, string path, Exception exception) => exception switch
    {
        StoreIoException known => known,
        IOException when IsDiskFull(exception.HResult) => new DiskFullException(operation, path, exception),
        _ => new StoreIoException(operation, path, exception.Message, exception),
    };

    /// <summary>The same for a system call whose error number is known.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StoreIoException OfErrno(string operation, string path, int errno)
    {
        Debug.Assert(!OperatingSystem.IsWindows());
        return IsDiskFull(errno)
            ? new DiskFullException(operation, path)
            : new StoreIoException(operation, path, System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno));
    }

    // On Unix the framework leaves the bare errno in HResult.
    private static bool IsDiskFull(int code) => OperatingSystem.IsWindows()
        ? code is DiskFullWindows or HandleDiskFullWindows
        : code is NoSpaceUnix || code == (OperatingSystem.IsMacOS() ? QuotaMacOs : QuotaLinux);
}
