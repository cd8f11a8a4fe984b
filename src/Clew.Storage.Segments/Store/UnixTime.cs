namespace Clew.Storage.Segments.Store;

internal static class UnixTime
{
    public static long NowNs(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
