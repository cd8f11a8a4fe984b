using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Tests;

/// <summary>
/// Broken columns must be refused with <see cref="SegmentFormatException"/> or read as some column that can be used; nothing else may happen. The checksums are
/// made right again after the breaking, or hardly anything would get past them.
/// </summary>
public sealed class ColumnFuzzTests
{
    private const int RowCount = 700;

    // Far above what a column of these rows takes, far below what a false length could ask for.
    private const long AllocatedBytesMax = 4 << 20;

    public static TheoryData<int> Columns => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Broken_columns_are_refused_or_usable(int kind)
    {
        AttributeColumn column = Column(kind % 8);
        // The upper half does not say itself which rows have a value.
        KnownRows? known = kind >= 8 && column.Parts.Length == 1 ? KnownRows.Of(column) : null;
        byte[] valid = ColumnBytes.Write(known is null ? column.WriteTo : column.WriteValuesTo);
        Use(valid, known);
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(kind * 1_000_003 + seed);
            byte[] broken = random.Next(20) == 0 ? RandomCases.Bytes(random, random.Next(100)) : Break(valid, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Use(broken, known);
            }
            catch (SegmentFormatException)
            {
                // What broken input should give.
            }
            catch (Exception exception)
            {
                Assert.Fail($"kind {kind}, seed {seed}: {exception}");
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
        }
    }

    private static void Use(byte[] bytes, KnownRows? known)
    {
        var column = AttributeColumn.Read(new ColumnReader(bytes), RowCount, known);
        using RowBitmap rows = RowBitmap.Rent(RowCount);
        column.Exists(rows);
        foreach (AttributeValue literal in new[] { AttributeValue.From(7L), AttributeValue.From("text 7"), AttributeValue.From(0.5) })
        {
            column.Match(new ValueMatcher(new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Equal, literal)), rows);
            column.Match(new ValueMatcher(new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Less, literal) { AsText = true }), rows);
        }
        for (int row = 0; row < RowCount; row += 13)
            column.TryGet(row, out _);
    }

    private static AttributeColumn Column(int kind)
    {
        var random = new Random(kind);
        var rows = new List<AttributeValue?>();
        for (int row = 0; row < RowCount; row++)
        {
            AttributeValue value = kind switch
            {
                0 => AttributeValue.From($"text {random.Next(50)}"),
                1 => AttributeValue.From(new Guid(RandomCases.Bytes(random, 16)).ToString()),
                2 => AttributeValue.From((long)random.Next(1000)),
                3 => AttributeValue.From(1L << 60 | (long)row << 34 | (long)random.Next(100)),
                4 => AttributeValue.From(random.NextDouble()),
                5 => AttributeValue.FromArray(AttributeValue.From(random.Next(9).ToString()), AttributeValue.From(true)),
                6 => AttributeValue.From(random.Next(1_000_000_000).ToString()),
                _ => random.Next(3) switch { 0 => AttributeValue.From(random.Next(2) == 0), 1 => AttributeValue.Empty, _ => AttributeValue.From(RandomCases.Bytes(random, 3).AsMemory()) },
            };
            rows.Add(random.Next(kind % 2 == 0 ? 2 : 100) == 0 && kind > 1 ? value : kind is 0 or 1 ? value : random.Next(3) == 0 ? null : value);
        }
        return AttributeColumnTests.Forms(rows)[1];
    }

    private static byte[] Break(byte[] valid, Random random)
    {
        byte[] broken = [.. valid];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(broken.Length);
            switch (random.Next(4))
            {
                case 0:
                    broken[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    broken[at] = (byte)random.Next(256);
                    break;
                case 2:
                    broken.AsSpan(at, Math.Min(5, broken.Length - at)).Fill(0xFF);
                    break;
                default:
                    // Near a section's beginning, where counts and forms stand.
                    broken[Math.Min(broken.Length - 1, SectionHeader.ByteCount + random.Next(4))] = (byte)random.Next(256);
                    break;
            }
        }
        if (random.Next(8) == 0)
            broken = broken[..random.Next(broken.Length)];
        MendChecksums(broken);
        return broken;
    }

    private static void MendChecksums(byte[] bytes)
    {
        for (int at = 0; at <= bytes.Length - SectionHeader.ByteCount;)
        {
            var header = SectionHeader.Read(bytes.AsSpan(at));
            if (header.StoredLength < 0 || header.StoredLength > bytes.Length - at - SectionHeader.ByteCount)
                return;
            header.WriteTo(bytes.AsSpan(at), bytes.AsSpan(at + SectionHeader.ByteCount, header.StoredLength));
            at += SectionHeader.ByteCount + header.StoredLength;
        }
    }
}
