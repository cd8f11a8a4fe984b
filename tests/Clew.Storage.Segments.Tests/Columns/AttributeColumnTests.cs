using System.Buffers;
using System.Text;
using Clew.Model;
using Clew.Query;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class AttributeColumnTests
{
    private static readonly QueryField.Attribute Field = new(AttributeScope.Span, "key");

    private static Gen<AttributeValue?> Cell(Gen<AttributeValue> values) =>
        Gen.Frequency((1, Gen.Constant<AttributeValue?>(null)), (4, values.Select(value => (AttributeValue?)value)));

    private static Gen<List<AttributeValue?>> Rows => Gen.OneOf(
        Cell(SpanGen.SearchValue).ListUpTo(200),
        Cell(SpanGen.Value()).ListUpTo(60),
        SpanGen.SearchValue.Select(value => (AttributeValue?)value).ListUpTo(200),
        Cell(Gen.Choose(0, 600).Select(number => AttributeValue.From((long)number))).ListUpTo(300),
        Cell(Gen.Choose(0, 600).Select(number => AttributeValue.From(number / 4.0))).ListUpTo(300),
        Cell(Gen.Choose(0, 9).Select(number => AttributeValue.From($"{number}0"))).ListUpTo(300));

    private static Gen<AttributeValue> Literal => Gen.OneOf(
        SpanGen.SearchValue,
        SpanGen.Value(0).Where(value => value.Type != AttributeType.Empty),
        Gen.Choose(0, 600).Select(number => AttributeValue.From(number / 2.0)),
        Gen.Elements("GET", "get", "1e1", "10.0", "007", "\uFFFD", "\uD800", "[1]", "NaN", "0").Select(AttributeValue.From));

    private static Gen<SpanCondition.Compare> Condition =>
        from comparison in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        from literal in comparison is ComparisonOperator.Regex or ComparisonOperator.NotRegex ? Gen.Elements("1.*", "GET|POST", ".*", "", "[0-9]+", "true", "(?s).*a.*").Select(AttributeValue.From) : Literal
        from asText in Gen.Elements(true, false)
        from ignoreCase in Gen.Elements(true, false)
        select new SpanCondition.Compare(Field, comparison, literal) { AsText = asText, IgnoreCase = ignoreCase };

    [Fact]
    public void A_column_matches_the_rows_the_reference_evaluator_matches() => Properties.ForAll(
        from rows in Rows
        from conditions in Condition.ListOf(10)
        select (rows, conditions),
        drawn =>
        {
            foreach (SpanCondition.Compare condition in drawn.conditions)
            {
                var reference = new SpanMatcher(condition);
                bool[] expected = [.. drawn.rows.Select(value => Matches(reference, value))];
                foreach (AttributeColumn column in Forms(drawn.rows))
                    Assert.Equal(expected, Bitmaps.Scan(drawn.rows.Count, rows => column.Match(new ValueMatcher(condition), rows)));
            }
        },
        count: 150);

    [Fact]
    public void Values_and_their_absence_read_back() => Properties.ForAll(Rows, rows =>
    {
        foreach (AttributeColumn column in Forms(rows))
        {
            Assert.Equal(rows, Enumerable.Range(0, rows.Count).Select(row => column.TryGet(row, out AttributeValue value) ? value : (AttributeValue?)null));
            Assert.Equal(rows.Select(value => value is not null), Bitmaps.Scan(rows.Count, column.Exists));
        }
    });

    [Fact]
    public void Encoding_puts_rows_in_their_new_order() => Properties.ForAll(
        from rows in Rows
        from seed in RandomCases.Seed
        select (rows, seed),
        drawn =>
        {
            int[] newRowOf = [.. Enumerable.Range(0, drawn.rows.Count)];
            new Random(drawn.seed).Shuffle(newRowOf);
            AttributeColumn column = Encode(Builder(drawn.rows), newRowOf);
            for (int row = 0; row < newRowOf.Length; row++)
                Assert.Equal(drawn.rows[row], column.TryGet(newRowOf[row], out AttributeValue value) ? value : (AttributeValue?)null);
        });

    [Fact]
    public void Several_columns_make_one_whatever_forms_they_have() => Properties.ForAll(
        from left in Rows
        from right in Rows
        from seed in RandomCases.Seed
        select (left, right, seed),
        drawn =>
        {
            int count = drawn.left.Count + drawn.right.Count;
            int[] newRows = [.. Enumerable.Range(0, count)];
            new Random(drawn.seed).Shuffle(newRows);
            AttributeColumn left = Drawn(Forms(drawn.left), drawn.seed), right = Drawn(Forms(drawn.right), drawn.seed / 3);
            Placed<AttributeColumn>[] placed =
            [
                new(left, newRows.AsMemory(0, drawn.left.Count)),
                new(right, newRows.AsMemory(drawn.left.Count)),
            ];
            AttributeColumn united = ColumnBytes.RoundTrip(AttributeUnion.Unite(placed, count).WriteTo, reader => AttributeColumn.Read(reader, count));
            AttributeValue?[] all = [.. drawn.left, .. drawn.right];
            for (int i = 0; i < count; i++)
                Assert.Equal(all[i], united.TryGet(newRows[i], out AttributeValue value) ? value : (AttributeValue?)null);
        });

    [Fact]
    public void Few_values_among_many_rows_keep_their_places_through_a_reordering()
    {
        var rows = new AttributeValue?[5000];
        for (int row = 7; row < rows.Length; row += 500)
            rows[row] = AttributeValue.From($"rare {row}");
        int[] newRowOf = [.. Enumerable.Range(0, rows.Length).Select(row => rows.Length - 1 - row)];
        AttributeColumn column = Encode(Builder([.. rows]), newRowOf);
        Assert.Equal(rows.Reverse(), Enumerable.Range(0, rows.Length).Select(row => column.TryGet(row, out AttributeValue value) ? value : (AttributeValue?)null));
    }

    [Fact]
    public void Columns_that_stand_on_the_same_rows_and_others_find_their_own_places()
    {
        var random = new Random(5);
        AttributeValue?[][] columns = new AttributeValue?[6][];
        for (int i = 0; i < columns.Length; i++)
        {
            // Two and two have the same rows; the last two as many rows, but others.
            int kind = i / 2;
            columns[i] = [.. Enumerable.Range(0, 500).Select(row => (kind == 2 ? (row + i) % 2 : row % (kind + 2)) == 0 ? AttributeValue.From($"{i} {random.Next(50)}") : (AttributeValue?)null)];
        }
        int[] newRowOf = [.. Enumerable.Range(0, 500)];
        random.Shuffle(newRowOf);
        using var places = new AttributePlaces(newRowOf.Length);
        foreach (AttributeValue?[] rows in columns)
        {
            AttributeColumn column = AttributeUnion.Unite([new Placed<AttributeColumn>(Builder([.. rows]).Snapshot(newRowOf.Length), newRowOf)], places);
            for (int row = 0; row < newRowOf.Length; row++)
                Assert.Equal(rows[row], column.TryGet(newRowOf[row], out AttributeValue value) ? value : (AttributeValue?)null);
        }
    }

    [Fact]
    public void A_snapshot_has_the_rows_it_was_asked_for_and_does_not_change()
    {
        var builder = new AttributeColumnBuilder();
        for (int row = 0; row < 100; row += 2)
            builder.Add(row, (long)row);
        AttributeColumn snapshot = builder.Snapshot(31);
        for (int row = 100; row < 1000; row++)
            Assert.True(builder.TryAdd(row, AttributeType.String, "text"u8));
        Assert.Equal(Enumerable.Range(0, 31).Select(row => row % 2 == 0), Bitmaps.Scan(31, snapshot.Exists));
        Assert.Equal(0, builder.Snapshot(0).Parts.Length);
        Assert.Equal(2, builder.Snapshot(1000).Parts.Length);
    }

    [Fact]
    public void A_row_comes_once_and_in_order()
    {
        var builder = new AttributeColumnBuilder();
        builder.Add(3, true);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(3, 1L));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(2, 1L));
    }

    [Fact]
    public void Encoded_values_read_back_and_cut_ones_are_refused() => Properties.ForAll(SpanGen.Value(), value =>
    {
        byte[] bytes = Encoded(value);
        Assert.Equal(value, AttributeValueCodec.Read(bytes));
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<SegmentFormatException>(() => AttributeValueCodec.Read(bytes.AsSpan(0, length)));
    });

    [Fact]
    public void Values_nested_too_deep_are_refused() =>
        Assert.Throws<SegmentFormatException>(() => AttributeValueCodec.Read([.. Enumerable.Repeat<byte[]>([(byte)AttributeType.Array, 1], 100_000).SelectMany(pair => pair), 0]));

    internal static AttributeColumn[] Forms(List<AttributeValue?> rows)
    {
        AttributeColumnBuilder builder = Builder(rows);
        AttributeColumn encoded = Encode(builder, [.. Enumerable.Range(0, rows.Count)]);
        AttributeColumn stored = ColumnBytes.RoundTrip(encoded.WriteTo, reader => AttributeColumn.Read(reader, rows.Count));
        return encoded.Parts.Length == 1
            ? [builder.Snapshot(rows.Count), encoded, stored, ColumnBytes.RoundTrip(encoded.WriteValuesTo, reader => AttributeColumn.Read(reader, rows.Count, KnownRows.Of(encoded)))]
            : [builder.Snapshot(rows.Count), encoded, stored];
    }

    private static AttributeColumn Drawn(AttributeColumn[] forms, int seed) => forms[seed % forms.Length];

    private static AttributeColumn Encode(AttributeColumnBuilder builder, int[] newRowOf) =>
        AttributeUnion.Unite([new Placed<AttributeColumn>(builder.Snapshot(newRowOf.Length), newRowOf)], newRowOf.Length);

    private static AttributeColumnBuilder Builder(List<AttributeValue?> rows)
    {
        var builder = new AttributeColumnBuilder();
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row] is { } value)
                Add(builder, row, value);
        }
        return builder;
    }

    private static void Add(AttributeColumnBuilder builder, int row, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.Empty:
                builder.AddEmpty(row);
                break;
            case AttributeType.Bool:
                builder.Add(row, value.AsBool());
                break;
            case AttributeType.Int64:
                builder.Add(row, value.AsInt64());
                break;
            case AttributeType.Double:
                builder.Add(row, value.AsDouble());
                break;
            case AttributeType.String:
                Assert.True(builder.TryAdd(row, value.Type, Encoding.UTF8.GetBytes(value.AsString())));
                break;
            case AttributeType.Bytes:
                Assert.True(builder.TryAdd(row, value.Type, value.AsBytes().Span));
                break;
            default:
                Assert.True(builder.TryAdd(row, value.Type, Encoded(value)));
                break;
        }
    }

    private static byte[] Encoded(AttributeValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        AttributeValueCodec.Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static bool Matches(SpanMatcher reference, AttributeValue? value)
    {
        Span span = SpanWith(value);
        return reference.IsMatch(span, new Trace(span.TraceId, [span]));
    }

    private static Span SpanWith(AttributeValue? value) => new()
    {
        TraceId = new TraceId(0, 1),
        SpanId = new SpanId(1),
        Attributes = value is { } present ? new AttributeList(new KeyValue(Field.Key, present)) : AttributeList.None,
    };
}
