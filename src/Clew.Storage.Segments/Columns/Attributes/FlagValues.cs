using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>Booleans, as codes 0 and 1.</summary>
internal sealed class BoolValues(BitPackedInts codes) : IAttributeValues
{
    public BitPackedInts Codes => codes;

    public bool MayMatch(ValueMatcher matcher) => matcher.IsMatch(AttributeValue.From(false)) || matcher.IsMatch(AttributeValue.From(true));

    public bool AsksEach(ValueMatcher matcher) => false;

    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        bool ifFalse = matcher.IsMatch(AttributeValue.From(false)), ifTrue = matcher.IsMatch(AttributeValue.From(true));
        codes.InRange(ifFalse ? 0u : 1u, ifTrue ? 1u : 0u, positions);
    }

    public void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts) => EachValue.Tally(this, positions, counts);

    public AttributeValue Get(int position) => AttributeValue.From(codes[position] != 0);

    public void WriteTo(ColumnWriter writer) => codes.WriteTo(writer);
}

/// <summary>Values of no type: nothing but that they are there.</summary>
internal sealed class EmptyValues : IAttributeValues
{
    public bool MayMatch(ValueMatcher matcher) => matcher.IsMatch(AttributeValue.Empty);

    public bool AsksEach(ValueMatcher matcher) => false;

    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        if (matcher.IsMatch(AttributeValue.Empty))
            positions.SetAll();
        else
            positions.Clear();
    }

    public void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts) => EachValue.Tally(this, positions, counts);

    public AttributeValue Get(int position) => AttributeValue.Empty;

    public void WriteTo(ColumnWriter writer)
    {
        // Their presence says all.
    }
}
