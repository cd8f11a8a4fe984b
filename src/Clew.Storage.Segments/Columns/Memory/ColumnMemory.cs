using System.Numerics;
using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Where the growing columns of one head have their arrays from, and what they take. Every array it gave stays as it is until <see cref="Release"/>, also where a
/// larger one has taken its place: an older snapshot may be read in it. For the writer; <see cref="Release"/> is for who knows that nobody reads any more.
/// </summary>
/// <param name="shelves">Where arrays come from and go back to; null makes new ones.</param>
/// <param name="expected">What the columns of an earlier head came to: those of this one begin with as much.</param>
internal sealed class ColumnMemory(ArrayShelves? shelves = null, IReadOnlyDictionary<string, ColumnSize>? expected = null)
{
    // Larger ones are rare, and rounded up would take too much.
    private const int KeptLengthMax = 1 << 26;

    private readonly List<Array> given = [];
    private readonly List<(string Label, IGrowingColumn Column)> columns = [];

    /// <summary>What the columns take in memory; arrays that others took the place of, which are few, are not in it.</summary>
    public long HeapBytes { get; private set; }

    /// <summary>Bytes of the values of all dictionaries.</summary>
    public long ValueBytes { get; private set; }

    /// <summary>Where the column of this name lies.</summary>
    public ColumnPlace this[string label] => new(this, label);

    /// <summary>A column begins here.</summary>
    /// <returns>How large it will become, if an earlier one is anything to go by.</returns>
    public ColumnSize Add(string label, IGrowingColumn column)
    {
        columns.Add((label, column));
        return expected?.GetValueOrDefault(label) ?? default;
    }

    /// <summary>What the columns have come to.</summary>
    public IReadOnlyDictionary<string, ColumnSize> Sizes()
    {
        var sizes = new Dictionary<string, ColumnSize>(columns.Count);
        foreach ((string label, IGrowingColumn column) in columns)
            sizes[label] = column.Size;
        return sizes;
    }

    public void CountHeap(long bytes) => HeapBytes += bytes;

    public void CountValue(int bytes) => ValueBytes += bytes;

    /// <summary>An array with anything in it, of this length or more.</summary>
    public T[] Rent<T>(int lengthMin) where T : unmanaged
    {
        T[] array = Take<T>(lengthMin);
        HeapBytes += (long)array.Length * Unsafe.SizeOf<T>();
        return array;
    }

    /// <summary>Puts an array in the place of one that has become too small, for readers too.</summary>
    /// <param name="array">The one that is replaced.</param>
    /// <param name="used">How much of it is copied.</param>
    /// <param name="lengthMin">What is needed; it becomes at least twice as long.</param>
    public void Grow<T>(ref T[] array, int used, int lengthMin) where T : unmanaged
    {
        T[] larger = Rent<T>((int)Math.Max(lengthMin, Math.Min(Array.MaxLength, array.Length * 2L)));
        Array.Copy(array, larger, used);
        Replace(ref array, larger);
    }

    /// <summary>Puts a rented array in the place of another, for readers too.</summary>
    public void Replace<T>(ref T[] array, T[] larger) where T : unmanaged
    {
        HeapBytes -= (long)array.Length * Unsafe.SizeOf<T>();
        Volatile.Write(ref array, larger);
    }

    /// <summary>An array of zeros of just this length, which must be a power of two.</summary>
    public T[] RentCleared<T>(int length) where T : unmanaged
    {
        T[] array = Rent<T>(length);
        Array.Clear(array);
        return array;
    }

    /// <summary>The slots of a table that takes as many before it is three quarters full: a power of two, all zeros.</summary>
    public T[] RentSlots<T>(int expected, int slotsMin) where T : unmanaged =>
        RentCleared<T>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(slotsMin, expected + expected / 3 + 1)));

    /// <summary>Gives all arrays back, once nobody reads them any more.</summary>
    public void Release()
    {
        shelves?.Put(given);
        given.Clear();
    }

    private T[] Take<T>(int lengthMin) where T : unmanaged
    {
        if (shelves is null || (long)lengthMin * Unsafe.SizeOf<T>() < shelves.ArrayBytesMin || lengthMin > KeptLengthMax)
            return GC.AllocateUninitializedArray<T>(lengthMin);
        T[] array = shelves.Take<T>((int)BitOperations.RoundUpToPowerOf2((uint)lengthMin));
        given.Add(array);
        return array;
    }
}
