using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments;

/// <summary>
/// Says of nearly every value that does not stand in a column that it does not: 1.4 bytes a value in memory, instead of a search through 16 for a UUID. For columns
/// in which nearly every row has its own value, which stand in no order. Immutable.
/// </summary>
/// <remarks>
/// Filters live as long as their column, so all of them together are bounded by refusing further ones: giving older ones up instead would have a search over many
/// columns make each anew. What the garbage collector takes is given back to the bound.
/// </remarks>
internal sealed class ValueFilter
{
    // Below that a column is searched in a microsecond or two.
    private const int ValuesMin = 1024;

    // What an id in the filter takes, rounded up.
    private const int BytesPerValue = 2;

    private static long bytesOfAll;

    private readonly TraceFilter filter;
    private readonly long bytes;

    private ValueFilter(ReadOnlySpan<byte> values, int width)
    {
        int count = values.Length / width;
        bytes = (long)count * BytesPerValue;
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(count);
        for (int row = 0; row < count; row++)
            keys[row] = KeyOf(values.Slice(row * width, width));
        filter = TraceFilter.Of(keys.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(keys);
    }

    ~ValueFilter() => Interlocked.Add(ref bytesOfAll, -bytes);

    /// <param name="values">End to end.</param>
    /// <param name="width">Bytes of each, at least 8.</param>
    /// <param name="capacityBytes">Bytes that all filters of the process may have together.</param>
    /// <returns>Null when it is not worth it or there is no room.</returns>
    public static ValueFilter? TryMake(ReadOnlySpan<byte> values, int width, long capacityBytes)
    {
        int count = values.Length / width;
        if (count < ValuesMin)
            return null;
        // Taken before it is there, so that threads that make some at once do not exceed the bound together.
        long needed = (long)count * BytesPerValue;
        if (Interlocked.Add(ref bytesOfAll, needed) <= capacityBytes)
            return new ValueFilter(values, width);
        Interlocked.Add(ref bytesOfAll, -needed);
        return null;
    }

    /// <summary>False when the value was not among those the filter was made of.</summary>
    public bool MayContain(ReadOnlySpan<byte> value) => filter.MayContain(KeyOf(value));

    // Of both ends, as ids that are not random differ at one of them. The filter mixes it well.
    private static ulong KeyOf(ReadOnlySpan<byte> value) =>
        BinaryPrimitives.ReadUInt64LittleEndian(value) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(value[^sizeof(ulong)..]), 32);
}
