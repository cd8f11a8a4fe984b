using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Clew.Bench.Store;

/// <summary>What the disk itself takes to write and flush as many bytes as a request has, one after the other: what an acknowledgement cannot be quicker than.</summary>
internal static class DiskFloor
{
    public static List<double> Measure(string directory, int bytes, int rounds)
    {
        string path = Path.Combine(directory, "floor");
        byte[] content = new byte[bytes];
        Random.Shared.NextBytes(content);
        var times = new List<double>(rounds);
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, preallocationSize: (long)bytes * rounds))
        {
            for (int round = 0; round < rounds; round++)
            {
                long before = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, content, (long)round * bytes);
                RandomAccess.FlushToDisk(file);
                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }
        File.Delete(path);
        return times;
    }
}
