using System.Diagnostics;

namespace Clew.TestKit;

/// <summary>Waits for what another process brings about and gives no event for: asks again until it is so.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until <paramref name="condition"/> holds; failures to connect count as "not yet".</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="patience"/>.</exception>
    public static async Task True(Func<Task<bool>> condition, TimeSpan patience, Func<string> problem)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (HttpRequestException)
            {
            }
            if (Stopwatch.GetElapsedTime(start) > patience)
                throw new TimeoutException(problem());
            await Task.Delay(Interval);
        }
    }
}
