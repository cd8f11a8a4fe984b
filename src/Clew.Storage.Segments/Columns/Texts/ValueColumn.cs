using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Clew.Storage.Segments;

/// <summary>
/// Byte strings over rows: codes of a dictionary, or, where nearly every row has its own text and all are of one <see cref="TextShape"/>, their binary
/// form row by row. Immutable; any number of threads may use one at once.
/// </summary>
internal sealed partial class ValueColumn
{
    private readonly TextShape shape;
    private readonly ValueDictionary? dictionary;
    private readonly BitPackedInts codes;
    private readonly FixedBytesColumn? binary;
    private readonly Int64Column? integers;

    /// <summary>Codes of a dictionary, whose values are in the shape's binary form when there is one.</summary>
    public ValueColumn(ValueDictionary dictionary, BitPackedInts codes, TextShape shape = default)
    {
        this.dictionary = dictionary;
        this.codes = codes;
        this.shape = shape;
        Count = codes.Count;
    }

    /// <summary>Texts of a shape in binary, row by row.</summary>
    public ValueColumn(FixedBytesColumn binary, TextShape shape)
    {
        this.binary = binary;
        this.shape = shape;
        Count = binary.Count;
    }

    /// <summary>Texts that are integers.</summary>
    public ValueColumn(Int64Column integers)
    {
        this.integers = integers;
        shape = new TextShape(TextShapeKind.Decimal, 0);
        Count = integers.Count;
    }

    public int Count { get; }

    /// <summary>The codes' dictionary; null when values stand row by row.</summary>
    public ValueDictionary? Dictionary => dictionary;

    /// <summary>The codes of the rows, where there is a dictionary.</summary>
    public BitPackedInts Codes => codes;

    /// <summary>What the texts have in common; the dictionary's values and <see cref="Binary"/> are in its binary form.</summary>
    public TextShape Shape => shape;

    /// <summary>The texts in binary, where they stand row by row.</summary>
    public FixedBytesColumn? Binary => binary;

    /// <summary>The texts' integers, where they are kept as such.</summary>
    public Int64Column? Integers => integers;

    [MemberNotNullWhen(true, nameof(dictionary))]
    private bool IsCoded => dictionary is not null;

    /// <summary>The value of a row as it was given.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scratch"><see cref="TextShape.TextBytesMax"/> bytes, for values that are not kept as they were.</param>
    /// <exception cref="SegmentFormatException">The codes and their dictionary do not belong together.</exception>
    public ReadOnlySpan<byte> Get(int row, Span<byte> scratch)
    {
        if (integers is not null)
        {
            Utf8Formatter.TryFormat(integers[row], scratch, out int written);
            return scratch[..written];
        }
        return Text(IsCoded ? dictionary[codes[row]] : binary![row], scratch);
    }

    /// <summary>The code of a row's value, for who keeps what a value was decoded to. False when values stand row by row.</summary>
    public bool TryGetCode(int row, out uint code)
    {
        code = IsCoded ? codes[row] : 0;
        return IsCoded;
    }

    /// <summary>The rows that hold <paramref name="value"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public void EqualTo(ReadOnlySpan<byte> value, RowBitmap rows)
    {
        if (integers is not null)
        {
            // A range whose ends are the wrong way round is empty.
            bool isNumber = TextShape.TryReadDecimal(value, out long number);
            integers.InRange(isNumber ? number : 1, isNumber ? number : 0, rows);
            return;
        }
        Span<byte> encoded = stackalloc byte[TextShape.TextBytesMax];
        scoped ReadOnlySpan<byte> stored = value;
        if (shape.Kind != TextShapeKind.None)
        {
            if (!shape.TryEncode(value, encoded))
            {
                rows.Clear();
                return;
            }
            stored = encoded[..shape.EncodedBytes];
        }
        if (!IsCoded)
            binary!.EqualTo(stored, rows);
        else if (dictionary.TryFind(stored, out uint code))
            codes.EqualTo(code, rows);
        else
            rows.Clear();
    }

    /// <summary>The rows whose value passes; what <paramref name="rows"/> held is overwritten. A dictionary's values are asked about once each.</summary>
    public void Match(ValueQuestion question, RowBitmap rows)
    {
        if (IsCoded)
        {
            using RowBitmap matching = MatchValues(question);
            codes.InSet(matching, rows);
            return;
        }
        rows.Clear();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (int row = 0; row < Count; row++)
        {
            if (question.Passes(Get(row, scratch)))
                rows.Set(row);
        }
    }

    /// <summary>
    /// The same, but only rows of <paramref name="among"/> count: what is said of others is undefined, which spares asking about values that none of them has.
    /// </summary>
    public void Match(ValueQuestion question, RowBitmap? among, RowBitmap rows)
    {
        if (among is null || (IsCoded && dictionary.Count <= among.Count()))
            Match(question, rows);
        else if (IsCoded)
            MatchCodesAmong(question, among, rows);
        else
            MatchRowsAmong(question, among, rows);
    }

    /// <summary>The codes of the <see cref="Dictionary"/> whose value passes. The caller disposes the result.</summary>
    public RowBitmap MatchValues(ValueQuestion question) =>
        dictionary!.Match(shape.Kind == TextShapeKind.None ? question : new ValueQuestion(value => question.Passes(Text(value, stackalloc byte[TextShape.TextBytesMax]))));

    /// <summary>False when no row holds <paramref name="value"/>; true asks for a scan.</summary>
    public bool MayContain(ReadOnlySpan<byte> value)
    {
        if (integers is not null)
            return TextShape.TryReadDecimal(value, out _);
        if (shape.Kind == TextShapeKind.None)
            return dictionary is null || dictionary.TryFind(value, out _);
        Span<byte> encoded = stackalloc byte[TextShape.TextBytesMax];
        if (!shape.TryEncode(value, encoded))
            return false;
        ReadOnlySpan<byte> stored = encoded[..shape.EncodedBytes];
        return IsCoded ? dictionary.TryFind(stored, out _) : binary!.MayContain(stored);
    }

    /// <summary>The value of a code of the <see cref="Dictionary"/>, as it was given.</summary>
    /// <inheritdoc cref="Get"/>
    public ReadOnlySpan<byte> ValueOf(uint code, Span<byte> scratch) => Text(dictionary![code], scratch);

    /// <summary>The same for who goes through many codes in ascending order.</summary>
    public ReadOnlySpan<byte> ValueOf(uint code, DictionaryScratch walk, Span<byte> scratch) => Text(dictionary!.Read(code, walk), scratch);

    /// <summary>Calls with each value of the <see cref="Dictionary"/> that stands in the given rows, and in how many of them.</summary>
    public void Tally(RowBitmap rows, ValueCounted counted)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(dictionary!.Count);
        try
        {
            Span<int> each = counts.AsSpan(0, dictionary.Count);
            each.Clear();
            codes.CountCodes(rows, each);
            var walk = new DictionaryScratch();
            Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
            for (int code = 0; code < each.Length; code++)
            {
                if (each[code] > 0)
                    counted(ValueOf((uint)code, walk, scratch), each[code]);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    private void MatchCodesAmong(ValueQuestion question, RowBitmap among, RowBitmap rows)
    {
        using RowBitmap occurring = RowBitmap.Rent(dictionary!.Count), matching = RowBitmap.Rent(dictionary.Count);
        codes.CollectCodes(among, occurring);
        var walk = new DictionaryScratch();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        foreach (int code in occurring)
        {
            if (question.Passes(ValueOf((uint)code, walk, scratch)))
                matching.Set(code);
        }
        codes.InSet(matching, rows);
    }

    private void MatchRowsAmong(ValueQuestion question, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        foreach (int row in among)
        {
            if (question.Passes(Get(row, scratch)))
                rows.Set(row);
        }
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> stored, Span<byte> scratch)
    {
        if (shape.Kind == TextShapeKind.None)
            return stored;
        // A dictionary's values could have any length; the shape's is what all of them must have.
        if (stored.Length != shape.EncodedBytes)
            throw new SegmentFormatException($"a value has {stored.Length} bytes, not the {shape.EncodedBytes} of its shape", nameof(SectionType.Text), 0);
        shape.Decode(stored, scratch);
        return scratch[..shape.TextBytes];
    }
}

/// <summary>Takes a value and the number of rows that have it.</summary>
internal delegate void ValueCounted(ReadOnlySpan<byte> value, int rows);
