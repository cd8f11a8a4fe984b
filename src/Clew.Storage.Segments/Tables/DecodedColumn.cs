namespace Clew.Storage.Segments.Tables;

/// <summary>A column of encoded values as objects; what a code stands for is decoded once. One thread at a time.</summary>
internal sealed class DecodedColumn<T>(ValueColumn column, DecodedColumn<T>.Decode decode)
{
    private readonly Dictionary<uint, T> byCode = [];
    private uint lastCode;
    private T last = default!;
    private bool hasLast;

    public delegate T Decode(ReadOnlySpan<byte> value);

    /// <exception cref="SegmentFormatException">The value is damaged.</exception>
    public T this[int row]
    {
        get
        {
            if (!column.TryGetCode(row, out uint code))
                return decode(column.Get(row, stackalloc byte[TextShape.TextBytesMax]));
            if (hasLast && code == lastCode)
                return last;
            if (!byCode.TryGetValue(code, out T? value))
                byCode.Add(code, value = decode(column.Get(row, stackalloc byte[TextShape.TextBytesMax])));
            (lastCode, last, hasLast) = (code, value, true);
            return value;
        }
    }
}
