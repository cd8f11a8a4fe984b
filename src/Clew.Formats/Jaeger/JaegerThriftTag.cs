using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Numbers of <c>TagType</c> in <c>jaeger.thrift</c>.</summary>
internal enum JaegerTagType
{
    String = 0,
    Double = 1,
    Bool = 2,
    Long = 3,
    Binary = 4,
}

internal static class JaegerThriftTag
{
    public static void WriteTag(this ThriftWriter writer, KeyValue tag)
    {
        short outer = writer.BeginStruct();
        writer.Field(1, ThriftType.Binary);
        writer.Text(tag.Key);
        writer.Field(2, ThriftType.I32);
        AttributeValue value = tag.Value;
        switch (value.Type)
        {
            case AttributeType.Double:
                writer.Int32((int)JaegerTagType.Double);
                writer.Field(4, ThriftType.Double);
                writer.Double(value.AsDouble());
                break;
            case AttributeType.Bool:
                writer.Int32((int)JaegerTagType.Bool);
                writer.BoolField(5, value.AsBool());
                break;
            case AttributeType.Int64:
                writer.Int32((int)JaegerTagType.Long);
                writer.Field(6, ThriftType.I64);
                writer.Int64(value.AsInt64());
                break;
            case AttributeType.Bytes:
                writer.Int32((int)JaegerTagType.Binary);
                writer.Field(7, ThriftType.Binary);
                writer.Bytes(value.AsBytes().Span);
                break;
            default:
                writer.Int32((int)JaegerTagType.String);
                writer.Field(3, ThriftType.Binary);
                writer.Text(value.ToString());
                break;
        }
        writer.EndStruct(outer);
    }
}
