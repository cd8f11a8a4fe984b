using System.Text;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>Strings, byte strings, and arrays and lists in their encoded form (<see cref="AttributeValueCodec"/>): whatever is looked at once for each distinct value.</summary>
internal sealed class ByteStringValues(AttributeType type, ValueColumn column) : IAttributeValues
{
    // What the decoder puts in place of bytes that are no UTF-8, so a text with it may equal stored bytes that differ from its own.
    private const char Replacement = '\uFFFD';

    public ValueColumn Column => column;

    public void Match(ValueMatcher matcher, RowBitmap positions)
    {
        if (LookUp(matcher.Compare) is { } literal)
        {
            column.EqualTo(literal, positions);
            if (matcher.IsNegative)
                positions.Not();
            return;
        }
        column.Match(value => matcher.IsMatch(Decode(value)), positions);
    }

    public AttributeValue Get(int position) => Decode(column.Get(position, stackalloc byte[TextShape.TextBytesMax]));

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);

    private AttributeValue Decode(ReadOnlySpan<byte> value) => type switch
    {
        AttributeType.String => AttributeValue.From(Encoding.UTF8.GetString(value)),
        AttributeType.Bytes => AttributeValue.From(value.ToArray()),
        _ => AttributeValueCodec.Read(value),
    };

    // The bytes to look for when the condition is equality with a text.
    private byte[]? LookUp(SpanCondition.Compare compare)
    {
        bool equality = compare.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (!equality || compare.IgnoreCase || type != AttributeType.String || !(compare.AsText || compare.Literal.Type == AttributeType.String))
            return null;
        byte[] bytes = Encoding.UTF8.GetBytes(compare.Literal.ToString());
        return Encoding.UTF8.GetString(bytes).Contains(Replacement) ? null : bytes;
    }
}
