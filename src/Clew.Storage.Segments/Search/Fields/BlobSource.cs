using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Values within resources, scopes, endpoints and lists of attributes, which stand encoded in a column: decided once for each distinct one.
/// </summary>
/// <param name="column">The column; null from it when the table has none.</param>
/// <param name="part">What the values are of.</param>
/// <param name="read">Appends the values an encoded one has.</param>
internal sealed class BlobSource(Func<SpanTable, ValueColumn?> column, BlobPart part, BlobReader read) : AttributeValueSource
{
    // Deciding one takes a microsecond or two when it has the key, some tens of nanoseconds when not.
    private const int QuickValuesMax = 64;

    private readonly byte[]? keyBytes = part.Key is { Length: > 0 } key && !key.Contains('\uFFFD') ? Encoding.UTF8.GetBytes(key) : null;

    public override SearchCost CostOf(ValueTest? test) => SearchCost.Blobs;

    public override bool IsAbsent(SpanTable table) =>
        column(table) is not { } values || DecidedCodes.PassNone(values, new Decision(null, part), HasValue, QuickValuesMax);

    public override bool CannotPass(SpanTable table, ValueTest test) =>
        column(table) is not { } values || DecidedCodes.PassNone(values, new Decision(test.Compare, part), Passes(test), QuickValuesMax);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => Find(table, new Decision(null, part), HasValue, among, rows);

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows) =>
        Find(table, new Decision(test.Compare, part), Passes(test), among, rows);

    /// <summary>Appends the values of an encoded resource, scope, endpoint or list.</summary>
    public void Read(ReadOnlySpan<byte> blob, List<AttributeValue> values)
    {
        // Texts stand in it as they are: what does not contain the key's bytes has no such key, and needs no decoding.
        if (!blob.IsEmpty && (keyBytes is null || blob.IndexOf(keyBytes) >= 0))
            read(blob, values);
    }

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        if (column(table) is { } blobs)
            Read(blobs.Get(row, stackalloc byte[TextShape.TextBytesMax]), values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        if (column(table) is not { } blobs)
            return;
        if (blobs.Dictionary is null)
            TallyEach(table, rows, counts);
        else
            blobs.Tally(rows, (blob, count) => counts.Add(ValuesOf(blob), count));
    }

    private void Find(SpanTable table, Decision decision, ValueQuestion question, RowBitmap among, RowBitmap rows)
    {
        if (column(table) is { } values)
            DecidedCodes.Find(values, decision, question, among, rows);
        else
            rows.Clear();
    }

    private ValueQuestion HasValue => new(blob => ValuesOf(blob).Count > 0, keyBytes);

    private ValueQuestion Passes(ValueTest test)
    {
        // A typed comparison for equality with a text asks for the text itself, whole, in the value or in an item of an array.
        byte[]? literal = test.Compare.AsText || test.Literal is { Length: 0 } ? null : test.Literal;
        return new ValueQuestion(blob => test.Passes(ValuesOf(blob)), literal ?? keyBytes);
    }

    private List<AttributeValue> ValuesOf(ReadOnlySpan<byte> blob)
    {
        var values = new List<AttributeValue>();
        Read(blob, values);
        return values;
    }
}

/// <summary>Appends the values that an encoded resource, scope, endpoint or list of attributes has.</summary>
internal delegate void BlobReader(ReadOnlySpan<byte> blob, List<AttributeValue> values);
