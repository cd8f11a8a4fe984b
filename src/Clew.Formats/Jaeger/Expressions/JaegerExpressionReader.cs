using System.Text;
using Clew.Formats.Protobuf;

namespace Clew.Formats.Jaeger;

/// <summary>Reads <c>jaeger.expression.v1</c> from protobuf. The reader bounds the depth.</summary>
internal static class JaegerExpressionReader
{
    private const uint Field1 = 1 << 3 | WireType.LengthDelimited;
    private const uint Field2 = 2 << 3 | WireType.LengthDelimited;
    private const uint Field3 = 3 << 3 | WireType.LengthDelimited;
    private const uint Field4 = 4 << 3 | WireType.LengthDelimited;
    private const uint Field5 = 5 << 3 | WireType.LengthDelimited;
    private const uint Field6 = 6 << 3 | WireType.LengthDelimited;

    private static readonly ProtobufMessage Expression = new("Expression", (1, "attr"), (2, "field"), (3, "nested"), (4, "scalar"), (5, "list"), (6, "call"));
    private static readonly ProtobufMessage Attribute = new("AttributeReference", (1, "key"), (2, "level"));
    private static readonly ProtobufMessage Field = new("FieldReference", (1, "name"), (2, "level"));
    private static readonly ProtobufMessage Nested = new("NestedReference", (1, "level"));
    private static readonly ProtobufMessage Scalar = new("Scalar", (1, "value"), (2, "type"));
    private static readonly ProtobufMessage List = new("List", (1, "values"), (2, "type"));
    private static readonly ProtobufMessage Call = new("Call", (1, "op"), (2, "args"));

    /// <param name="reader">Stands before the length of a <c>Call</c>.</param>
    /// <param name="parent">The message the call is a field of.</param>
    public static JaegerExpression.Call ReadCall(ref ProtobufReader reader, ProtobufMessage parent)
    {
        string name = "";
        var operands = new List<JaegerExpression>();
        int outerEnd = reader.Enter(parent);
        uint tag;
        while ((tag = reader.ReadTag(Call)) != 0)
        {
            switch (tag)
            {
                case Field1:
                    name = ReadText(ref reader, Call);
                    break;
                case Field2:
                    operands.Add(ReadExpression(ref reader));
                    break;
                default:
                    reader.SkipUnknown(Call);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return new JaegerExpression.Call(name, operands);
    }

    // The term set last counts, as in every oneof.
    private static JaegerExpression ReadExpression(ref ProtobufReader reader)
    {
        JaegerExpression expression = new JaegerExpression.Empty();
        int outerEnd = reader.Enter(Call);
        uint tag;
        while ((tag = reader.ReadTag(Expression)) != 0)
        {
            switch (tag)
            {
                case Field1:
                    (List<string> key, string level) = ReadTexts(ref reader, Attribute);
                    expression = new JaegerExpression.Attribute(Last(key), level);
                    break;
                case Field2:
                    (List<string> name, string fieldLevel) = ReadTexts(ref reader, Field);
                    expression = new JaegerExpression.Field(Last(name), fieldLevel);
                    break;
                case Field3:
                    expression = new JaegerExpression.Nested(Last(ReadTexts(ref reader, Nested).First));
                    break;
                case Field4:
                    (List<string> value, string type) = ReadTexts(ref reader, Scalar);
                    expression = new JaegerExpression.Scalar(Last(value), type);
                    break;
                case Field5:
                    (List<string> values, string listType) = ReadTexts(ref reader, List);
                    expression = new JaegerExpression.List(values, listType);
                    break;
                case Field6:
                    expression = ReadCall(ref reader, Expression);
                    break;
                default:
                    reader.SkipUnknown(Expression);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return expression;
    }

    // All terms but a call are texts under 1, which only a list repeats, and a text under 2.
    private static (List<string> First, string Second) ReadTexts(ref ProtobufReader reader, ProtobufMessage message)
    {
        var first = new List<string>();
        string second = "";
        int outerEnd = reader.Enter(Expression);
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            switch (tag)
            {
                case Field1:
                    first.Add(ReadText(ref reader, message));
                    break;
                case Field2:
                    second = ReadText(ref reader, message);
                    break;
                default:
                    reader.SkipUnknown(message);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return (first, second);
    }

    private static string Last(List<string> texts) => texts.Count > 0 ? texts[^1] : "";

    private static string ReadText(ref ProtobufReader reader, ProtobufMessage message) => Encoding.UTF8.GetString(reader.ReadBytes(message));
}
