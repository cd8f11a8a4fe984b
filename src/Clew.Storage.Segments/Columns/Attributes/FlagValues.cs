using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>Booleans, as codes 0 and 1.</summary>
internal sealed class BoolValues(BitPackedInts codes) : IAttributeValues
{
    public BitPackedInts Codes => codes;

    public void Match(ValueMatcher matcher, RowBitmap positions)
    {
        bool ifFalse = matcher.IsMatch(AttributeValue.From(false)), ifTrue = matcher.IsMatch(AttributeValue.From(true));
        codes.InRange(ifFalse ? 0u : 1u, ifTrue ? 1u : 0u, positions);
    }

    public AttributeValue Get(int position) => AttributeValue.From(codes[position] != 0);

    public void WriteTo(ColumnWriter writer) => codes.WriteTo(writer);
}

/// <summary>Values of no type: nothing but that they are there.</summary>
internal sealed class EmptyValues : IAttributeValues
{
    public void Match(ValueMatcher matcher, RowBitmap positions)
    {
        if (matcher.IsMatch(AttributeValue.Empty))
            positions.SetAll();
        else
            positions.Clear();
    }

    public AttributeValue Get(int position) => AttributeValue.Empty;

    public void WriteTo(ColumnWriter writer)
    {
        // Their presence says all.
    }
}
