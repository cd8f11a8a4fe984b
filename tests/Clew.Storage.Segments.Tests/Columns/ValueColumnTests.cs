using System.Text;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class ValueColumnTests
{
    [Fact]
    public void Values_read_back_and_are_found_whatever_their_form() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        string[] values = Values(random);
        string wanted = values.Length > 0 && random.Next(4) > 0 ? values[random.Next(values.Length)] : random.Next(2) == 0 ? "zz" : Value(random, random.Next(6));
        foreach (ValueColumn column in Forms(values, isText: random.Next(4) > 0))
        {
            Assert.Equal(values, Enumerable.Range(0, values.Length).Select(row => Encoding.UTF8.GetString(column.Get(row, new byte[TextShape.TextBytesMax]))));
            Assert.Equal(values.Select(value => value == wanted), Bitmaps.Scan(values.Length, rows => column.EqualTo(Encoding.UTF8.GetBytes(wanted), rows)));
            Assert.Equal(values.Select(value => value.Contains('7')), Bitmaps.Scan(values.Length, rows => column.Match(new ValueQuestion(value => value.Contains((byte)'7')), rows)));
        }
    });

    [Theory]
    [InlineData("0123456789abcdef", nameof(TextShapeKind.Hex))]
    [InlineData("c0ffee", nameof(TextShapeKind.Hex))]
    [InlineData("C0ffee", nameof(TextShapeKind.None))]
    [InlineData("abc", nameof(TextShapeKind.None))]
    [InlineData("", nameof(TextShapeKind.None))]
    [InlineData("3f1b2c4d-0000-1111-2222-333344445555", nameof(TextShapeKind.Uuid))]
    [InlineData("3F1b2c4d-0000-1111-2222-333344445555", nameof(TextShapeKind.None))]
    [InlineData("3f1b2c4d00000-111-2222-333344445555x", nameof(TextShapeKind.None))]
    [InlineData("0", nameof(TextShapeKind.Decimal))]
    [InlineData("-5", nameof(TextShapeKind.Decimal))]
    [InlineData("-9223372036854775808", nameof(TextShapeKind.Decimal))]
    [InlineData("9223372036854775808", nameof(TextShapeKind.None))]
    [InlineData("-0", nameof(TextShapeKind.None))]
    [InlineData("+5", nameof(TextShapeKind.None))]
    [InlineData("007", nameof(TextShapeKind.None))]
    [InlineData("0070", nameof(TextShapeKind.Hex))]
    [InlineData("-", nameof(TextShapeKind.None))]
    [InlineData("1 ", nameof(TextShapeKind.None))]
    public void A_shape_is_only_seen_where_the_text_comes_back_exactly(string text, string kind) =>
        Assert.Equal(kind, TextShape.Detect(Dictionary([text], out _)).Kind.ToString());

    [Fact]
    public void Hex_that_happens_to_be_digits_first_is_still_hex() =>
        Assert.Equal(new TextShape(TextShapeKind.Hex, 4), TextShape.Detect(Dictionary(["1234", "5678", "abcd"], out _)));

    [Fact]
    public void Ids_take_their_binary_size()
    {
        var random = new Random(1);
        string[] ids = [.. Enumerable.Range(0, 1000).Select(_ => Value(random, 0))];
        Assert.InRange(ColumnBytes.Write(Forms(ids, isText: true)[0].WriteTo).Length, 16_000, 16_100);
    }

    private static ValueColumn[] Forms(string[] values, bool isText)
    {
        ValueDictionary dictionary = Dictionary(values, out uint[] codes);
        ValueColumn encoded = ValueColumn.From(dictionary, codes, isText);
        return
        [
            encoded,
            ColumnBytes.RoundTrip(encoded.WriteTo, reader => ValueColumn.Read(reader, values.Length)),
            new ValueColumn(dictionary, BitPackedInts.Pack(codes)),
        ];
    }

    private static ValueDictionary Dictionary(string[] values, out uint[] codes)
    {
        var builder = new ValueDictionaryBuilder();
        codes = new uint[values.Length];
        for (int row = 0; row < values.Length; row++)
            builder.TryGetOrAdd(Encoding.UTF8.GetBytes(values[row]), out codes[row]);
        return builder.Snapshot();
    }

    private static string[] Values(Random random)
    {
        int kind = random.Next(6), distinct = random.Next(2) == 0 ? int.MaxValue : random.Next(1, 20);
        string[] some = [.. Enumerable.Range(0, Math.Min(distinct, 400)).Select(_ => Value(random, kind))];
        return [.. Enumerable.Range(0, random.Next(400)).Select(row => distinct == int.MaxValue ? some[row] : some[random.Next(some.Length)])];
    }

    private static string Value(Random random, int kind) => kind switch
    {
        0 => new Guid(RandomCases.Bytes(random, 16)).ToString(),
        1 => random.GetHexString(16, lowercase: true),
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(),
        3 => (200 + random.Next(300)).ToString(),
        4 => $"user-{random.Next(100)}",
        _ => random.Next(3) switch { 0 => "", 1 => random.GetHexString(4, lowercase: true), _ => random.Next(100).ToString() },
    };
}
