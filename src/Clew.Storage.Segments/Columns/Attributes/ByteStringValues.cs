using System.Text;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>Strings, byte strings, and arrays and lists in their encoded form (<see cref="AttributeValueCodec"/>): whatever is looked at once for each distinct value.</summary>
internal sealed class ByteStringValues(AttributeType type, ValueColumn column) : IAttributeValues
{
    public bool MayMatch(ValueMatcher matcher) => LookUp(matcher) is not { } literal || column.MayContain(literal);

    public ValueColumn Column => column;

    public bool AsksEach(ValueMatcher matcher) => LookUp(matcher) is null;

    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        if (LookUp(matcher) is { } literal)
        {
            column.EqualTo(literal, positions);
            if (matcher.IsNegative)
                positions.Not();
            return;
        }
        ValueQuestion question = type == AttributeType.String ? TextCondition.Question(matcher) : new ValueQuestion(value => matcher.IsMatch(Decode(value)));
        DecidedCodes.Find(column, new Decision(matcher.Compare), question, among, positions);
    }

    public void Tally(RowBitmap positions, Dictionary<AttributeValue, long> counts)
    {
        if (column.Dictionary is null)
            EachValue.Tally(this, positions, counts);
        else
            column.Tally(positions, (value, count) => counts[Decode(value)] = counts.GetValueOrDefault(Decode(value)) + count);
    }

    public AttributeValue Get(int position) => Decode(column.Get(position, stackalloc byte[TextShape.TextBytesMax]));

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);

    private AttributeValue Decode(ReadOnlySpan<byte> value) => type switch
    {
        AttributeType.String => AttributeValue.From(Encoding.UTF8.GetString(value)),
        AttributeType.Bytes => AttributeValue.From(value.ToArray()),
        _ => AttributeValueCodec.Read(value),
    };

    private byte[]? LookUp(ValueMatcher matcher) => type == AttributeType.String ? TextCondition.LookUp(matcher.Compare) : null;
}
