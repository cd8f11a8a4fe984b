using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>Writes <c>Tag</c> structs (jaeger-idl, jaeger.thrift). Lists and maps, which Jaeger has not, become JSON text.</summary>
internal static class JaegerTags
{
    private const int TypeText = 0;
    private const int TypeDouble = 1;
    private const int TypeBool = 2;
    private const int TypeLong = 3;
    private const int TypeBinary = 4;

    public static void Write<TWriter>(ref TWriter writer, string key, in TagValue value, TagText text) where TWriter : struct, IThriftWriter
    {
        short outer = writer.BeginStruct();
        writer.TextField(1, key);
        switch (value.Kind)
        {
            case TagKind.Text:
                writer.Int32Field(2, TypeText);
                writer.TextField(3, value.Text);
                break;
            case TagKind.Bool:
                writer.Int32Field(2, TypeBool);
                writer.BoolField(5, value.Bool);
                break;
            case TagKind.Integer:
                writer.Int32Field(2, TypeLong);
                writer.Int64Field(6, value.Integer);
                break;
            case TagKind.Double:
                writer.Int32Field(2, TypeDouble);
                writer.DoubleField(4, value.Double);
                break;
            case TagKind.Bytes:
                writer.Int32Field(2, TypeBinary);
                writer.BytesField(7, value.Bytes);
                break;
            default:
                writer.Int32Field(2, TypeText);
                writer.BytesField(3, text.Of(value));
                break;
        }
        writer.EndStruct(outer);
    }

    public static void WriteText<TWriter>(ref TWriter writer, string key, string value) where TWriter : struct, IThriftWriter
    {
        short outer = writer.BeginStruct();
        writer.TextField(1, key);
        writer.Int32Field(2, TypeText);
        writer.TextField(3, value);
        writer.EndStruct(outer);
    }
}
