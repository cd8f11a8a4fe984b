namespace Clew.TestKit;

/// <summary>Measures what code allocates once it is warm.</summary>
public static class Warm
{
    private const int RoundsMax = 50;

    /// <summary>
    /// Bytes the calling thread allocates in the best of up to 50 rounds. The runtime compiles code again, with and without instrumentation, while it
    /// warms up, and those versions may box or set up statics; what stays is what the code itself allocates each time.
    /// </summary>
    public static long AllocatedBytes(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < RoundsMax && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
