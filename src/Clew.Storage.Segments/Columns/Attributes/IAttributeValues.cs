using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>The values of one type that an attribute has, one after the other without the rows that have none. Immutable.</summary>
internal interface IAttributeValues
{
    /// <summary>The positions whose value matches; what <paramref name="positions"/> held is overwritten.</summary>
    void Match(ValueMatcher matcher, RowBitmap positions);

    AttributeValue Get(int position);

    void WriteTo(ColumnWriter writer);
}
