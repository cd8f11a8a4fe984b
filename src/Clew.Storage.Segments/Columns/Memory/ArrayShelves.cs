namespace Clew.Storage.Segments;

/// <summary>
/// Keeps arrays that sealed heads no longer need for those that come after them: made anew they would be most of the garbage, and lie where the collector looks
/// last. What no head took while two were given back is dropped. Any thread.
/// </summary>
/// <param name="bytesMax">Bytes kept at most.</param>
/// <param name="overwrites">Whether what is given back is made unreadable, so that a test sees who reads it nevertheless.</param>
internal sealed class ArrayShelves(long bytesMax, bool overwrites = false)
{
    private const int RoundsKept = 2;

    // Smaller ones are gone with the next collection of the youngest.
    private const int ArrayBytesUsually = 2048;

    // Nothing that was stored looks like it: no text is UTF-8, no code is in its dictionary.
    private const byte Overwritten = 0xDB;

    private readonly Lock gate = new();
    private readonly Dictionary<(Type Element, int Length), List<(Array Array, int Round)>> shelves = [];
    private long bytes;
    private int round;

    /// <summary>Smaller arrays are not worth keeping. The heads of tests, which are small, are to be overwritten whole.</summary>
    public int ArrayBytesMin { get; } = overwrites ? 1 : ArrayBytesUsually;

    /// <summary>What is kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>An array of just this length with anything in it.</summary>
    public T[] Take<T>(int length) where T : unmanaged
    {
        lock (gate)
        {
            if (shelves.TryGetValue((typeof(T), length), out List<(Array Array, int Round)>? shelf) && shelf.Count > 0)
            {
                var array = (T[])shelf[^1].Array;
                shelf.RemoveAt(shelf.Count - 1);
                bytes -= Buffer.ByteLength(array);
                return array;
            }
        }
        return GC.AllocateUninitializedArray<T>(length);
    }

    /// <summary>Takes back what one head had. Nobody may read them any more.</summary>
    public void Put(IEnumerable<Array> arrays)
    {
        lock (gate)
        {
            round++;
            foreach (Array array in arrays)
                Put(array);
            foreach (List<(Array Array, int Round)> shelf in shelves.Values)
                DropOld(shelf);
        }
    }

    private void Put(Array array)
    {
        if (overwrites)
            Overwrite(array);
        int size = Buffer.ByteLength(array);
        if (bytes + size > bytesMax)
            return;
        bytes += size;
        (Type Element, int Length) place = (array.GetType().GetElementType()!, array.Length);
        if (!shelves.TryGetValue(place, out List<(Array Array, int Round)>? shelf))
            shelves.Add(place, shelf = []);
        shelf.Add((array, round));
    }

    // The last that came is the first to be taken, so what nobody takes is at the front.
    private void DropOld(List<(Array Array, int Round)> shelf)
    {
        int old = 0;
        for (; old < shelf.Count && shelf[old].Round <= round - RoundsKept; old++)
            bytes -= Buffer.ByteLength(shelf[old].Array);
        shelf.RemoveRange(0, old);
    }

    // Slots and offsets become zero: a table without a free slot would be searched for ever, where a value that is not found fails a test as well.
    private static void Overwrite(Array array)
    {
        if (array is byte[] values)
            values.AsSpan().Fill(Overwritten);
        else
            Array.Clear(array);
    }
}
