using System.Runtime.ExceptionServices;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Threads of the pool that searches take to help their caller's, bounded for all searches together so that appends find threads and processors. A search that
/// gets none goes on alone.
/// </summary>
/// <param name="countMax">How many there are.</param>
/// <param name="onNone">Is told of a search that wanted some and got none.</param>
internal sealed class SearchHelpers(int countMax, Action? onNone = null)
{
    private int free = countMax;

    /// <summary>Takes as many as are free, up to a number. The caller disposes what it gets.</summary>
    public Team Take(int most)
    {
        int known = Volatile.Read(ref free);
        while (Math.Min(known, most) is var taken and > 0)
        {
            int found = Interlocked.CompareExchange(ref free, known - taken, known);
            if (found == known)
                return new Team(this, taken);
            known = found;
        }
        if (most > 0)
            onNone?.Invoke();
        return new Team(this, 0);
    }

    private void GiveBack(int count) => Interlocked.Add(ref free, count);

    /// <summary>The caller's thread and those it took.</summary>
    /// <param name="helpers">Where they go back to.</param>
    /// <param name="count">How many it took.</param>
    internal readonly struct Team(SearchHelpers helpers, int count) : IDisposable
    {
        /// <summary>Threads with the caller's.</summary>
        public int Threads => count + 1;

        /// <summary>Calls with each number from 0 on below <paramref name="works"/>, on all threads at once; returns when all are done.</summary>
        /// <exception cref="OperationCanceledException"/>
        /// <exception cref="Exception">What one of the calls threw; the first where several did.</exception>
        public void Run(int works, Action<int> work, CancellationToken cancellationToken)
        {
            if (works == 1)
            {
                work(0);
                return;
            }
            try
            {
                Parallel.For(0, works, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellationToken }, work);
            }
            catch (AggregateException several)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        }

        public void Dispose()
        {
            if (count > 0)
                helpers.GiveBack(count);
        }
    }
}
