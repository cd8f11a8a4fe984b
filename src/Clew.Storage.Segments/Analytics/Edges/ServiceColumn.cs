using System.Runtime.InteropServices;

namespace Clew.Storage.Segments.Analytics;

/// <summary>A column whose values name services, as their numbers. What a code stands for is decoded once. One thread at a time.</summary>
internal sealed class ServiceColumn(ValueColumn column, ServiceColumn.Decode decode)
{
    // Far from any number of a service, and from what stands for none.
    private const int Unknown = int.MinValue;

    private int[] byCode = [];

    public delegate int Decode(ReadOnlySpan<byte> value);

    /// <exception cref="SegmentFormatException">The value is damaged.</exception>
    public int this[int row] => column.TryGetCode(row, out uint code) ? OfCode(code) : decode(column.Get(row, stackalloc byte[TextShape.TextBytesMax]));

    /// <summary>The numbers of the rows from <paramref name="start"/> on, as many as there is room for.</summary>
    /// <exception cref="SegmentFormatException">A value is damaged.</exception>
    public void Read(int start, Span<int> numbers)
    {
        if (column.Dictionary is null)
        {
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = this[start + i];
            return;
        }
        // Codes are read into the place of what they become.
        Span<uint> codes = MemoryMarshal.Cast<int, uint>(numbers);
        column.Codes.Unpack(start, codes);
        for (int i = 0; i < codes.Length; i++)
            numbers[i] = OfCode(codes[i]);
    }

    private int OfCode(uint code)
    {
        int[] known = byCode;
        return code < (uint)known.Length && known[code] is var number and not Unknown ? number : Learn(code);
    }

    private int Learn(uint code)
    {
        int number = decode(column.ValueOf(code, stackalloc byte[TextShape.TextBytesMax]));
        if (code >= byCode.Length)
        {
            int before = byCode.Length;
            Array.Resize(ref byCode, Math.Max((int)code + 1, before * 2));
            byCode.AsSpan(before).Fill(Unknown);
        }
        return byCode[code] = number;
    }
}
