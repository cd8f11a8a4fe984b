namespace Clew.Storage.Segments.Files;

/// <summary>A lock that the operating system ends with the process, however it ends: flock on Unix, no sharing on Windows.</summary>
internal static class FileLock
{
    private const int SharingViolationWindows = unchecked((int)0x80070020);

    // EWOULDBLOCK of flock(2): 11 on Linux, 35 on macOS.
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMacOs = 35;

    /// <summary>Null when it is taken.</summary>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsTaken(exception.HResult))
        {
            return null;
        }
    }

    private static bool IsTaken(int code) => OperatingSystem.IsWindows()
        ? code == SharingViolationWindows
        : code == (OperatingSystem.IsMacOS() ? WouldBlockMacOs : WouldBlockLinux);
}
