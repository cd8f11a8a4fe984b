using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

internal sealed class Int64Values(Int64Column column) : IAttributeValues
{
    public Int64Column Column => column;

    public bool MayMatch(ValueMatcher matcher) => NumberRange.OfInt64(matcher.Compare) is not (long low, long high) || low <= high;

    public bool AsksEach(ValueMatcher matcher) => NumberRange.OfInt64(matcher.Compare) is null;

    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        if (NumberRange.OfInt64(matcher.Compare) is not (long low, long high))
        {
            EachValue.Match(this, matcher, among, positions);
            return;
        }
        column.InRange(low, high, among, positions);
        if (matcher.IsNegative)
            positions.Not();
    }

    public void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts) => EachValue.Tally(this, positions, counts);

    public AttributeValue Get(int position) => AttributeValue.From(column[position]);

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);
}

internal sealed class DoubleValues(DoubleColumn column) : IAttributeValues
{
    public DoubleColumn Column => column;

    public bool MayMatch(ValueMatcher matcher) => NumberRange.OfDouble(matcher.Compare) is not (double low, double high) || low <= high;

    public bool AsksEach(ValueMatcher matcher) => NumberRange.OfDouble(matcher.Compare) is null;

    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        if (NumberRange.OfDouble(matcher.Compare) is not (double low, double high))
        {
            EachValue.Match(this, matcher, among, positions);
            return;
        }
        column.InRange(low, high, positions);
        if (matcher.IsNegative)
            positions.Not();
    }

    public void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts) => EachValue.Tally(this, positions, counts);

    public AttributeValue Get(int position) => AttributeValue.From(column[position]);

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);
}
