using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Clew.Storage.Segments;

namespace Clew.Bench;

/// <summary>Scans of codes, per row, beside a bare sum over the same bytes; and the dictionary a head fills, per value.</summary>
internal sealed class ColumnBenchmark
{
    /// <summary>16 MiB of 8-bit codes: past the second-level caches, as a search over many segments is.</summary>
    private const int RowCount = 1 << 24;

    private const int ValueCount = 10_000;

    private readonly BitPackedInts[] columns = [.. new[] { 5, 8, 12, 16, 20, 32 }.Select(Codes)];
    private readonly RowBitmap rows = RowBitmap.Rent(RowCount);
    private readonly RowBitmap set = SetOf(100);
    private readonly byte[][] values = [.. Enumerable.Range(0, ValueCount).Select(i => Encoding.UTF8.GetBytes($"/api/cart/{i * 7919}/items"))];
    private readonly ValueDictionaryBuilder known = new();

    private ColumnBenchmark()
    {
        foreach (byte[] value in values)
            known.TryGetOrAdd(value, out _);
    }

    private uint LookUp()
    {
        uint sum = 0;
        foreach (byte[] value in values)
        {
            known.TryGetOrAdd(value, out uint code);
            sum += code;
        }
        return sum;
    }

    private int Insert()
    {
        var builder = new ValueDictionaryBuilder();
        foreach (byte[] value in values)
            builder.TryGetOrAdd(value, out _);
        return builder.Count;
    }

    /// <summary>All of it in turns, the fastest round of each: see <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        var benchmark = new ColumnBenchmark();
        BitPackedInts[] columns = benchmark.columns;
        RowBitmap rows = benchmark.rows;
        string scans = FastestRounds.Report(
            rounds,
            RowCount,
            "row",
            ("sum of 8-bit codes' bytes", () => Sum(columns[1])),
            ("8 bits equal", () => columns[1].EqualTo(3, rows)),
            ("8 bits in range", () => columns[1].InRange(3, 90, rows)),
            ("8 bits of four", () => columns[1].InSet(SetOfFour, rows)),
            ("8 bits of a hundred", () => columns[1].InSet(benchmark.set, rows)),
            ("sum of 16-bit codes' bytes", () => Sum(columns[3])),
            ("16 bits equal", () => columns[3].EqualTo(3, rows)),
            ("sum of 32-bit codes' bytes", () => Sum(columns[5])),
            ("32 bits equal", () => columns[5].EqualTo(3, rows)),
            ("5 bits equal", () => columns[0].EqualTo(3, rows)),
            ("12 bits equal", () => columns[2].EqualTo(3, rows)),
            ("20 bits equal", () => columns[4].EqualTo(3, rows)));
        string dictionary = FastestRounds.Report(
            rounds * 10,
            ValueCount,
            "value",
            ("look-up of a known", () => benchmark.LookUp()),
            ("insertion", () => benchmark.Insert()));
        return $"{RowCount} rows\n{scans}\n{ValueCount} values of about 24 bytes\n{dictionary}\n{ColumnCases.ReportSizes()}";
    }

    private static readonly RowBitmap SetOfFour = SetOf(4);

    // Every other code, so that the set is no range.
    private static RowBitmap SetOf(int count)
    {
        RowBitmap codes = RowBitmap.Rent(256);
        for (int i = 0; i < count; i++)
            codes.Set(i * 2);
        return codes;
    }

    private static BitPackedInts Codes(int width)
    {
        var random = new Random(width);
        uint[] values = new uint[RowCount];
        random.NextBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        foreach (ref uint value in values.AsSpan())
            value &= (uint)((1UL << width) - 1);
        return BitPackedInts.Pack(values);
    }

    private static long Sum(BitPackedInts codes)
    {
        ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<byte, Vector<long>>(codes.Data.Span);
        Vector<long> first = default, second = default;
        for (int i = 0; i + 1 < vectors.Length; i += 2)
        {
            first += vectors[i];
            second += vectors[i + 1];
        }
        return Vector.Sum(first + second);
    }
}
