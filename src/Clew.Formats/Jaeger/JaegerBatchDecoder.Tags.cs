using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerBatchDecoder<TReader>
{
    /// <summary>Reads a tag; only the value its type names counts, since some clients fill all of them.</summary>
    private AttributeRow ReadTag()
    {
        Utf8Slice key = default;
        Utf8Slice text = default;
        Utf8Slice binary = default;
        double number = 0;
        bool boolean = false;
        long integer = 0;
        var type = JaegerTagType.String;
        short outer = reader.BeginStruct();
        while (reader.NextField("Tag", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    reader.Expect(field, ThriftType.Binary, "Tag.key");
                    key = reader.ReadBinary("Tag.key");
                    break;
                case 2:
                    type = (JaegerTagType)ReadInt32(field, "Tag.vType");
                    break;
                case 3:
                    reader.Expect(field, ThriftType.Binary, "Tag.vStr");
                    text = reader.ReadBinary("Tag.vStr");
                    break;
                case 4:
                    reader.Expect(field, ThriftType.Double, "Tag.vDouble");
                    number = reader.ReadDouble("Tag.vDouble");
                    break;
                case 5:
                    reader.Expect(field, ThriftType.Bool, "Tag.vBool");
                    boolean = reader.ReadBool("Tag.vBool");
                    break;
                case 6:
                    integer = ReadInt64(field, "Tag.vLong");
                    break;
                case 7:
                    reader.Expect(field, ThriftType.Binary, "Tag.vBinary");
                    binary = reader.ReadBinary("Tag.vBinary");
                    break;
                default:
                    Skip(field, "Tag");
                    break;
            }
        }
        reader.EndStruct(outer);
        switch (type)
        {
            case JaegerTagType.String:
                return AttributeRow.String(key, text);
            case JaegerTagType.Double:
                return AttributeRow.From(key, number);
            case JaegerTagType.Bool:
                return AttributeRow.From(key, boolean);
            case JaegerTagType.Long:
                return AttributeRow.From(key, integer);
            case JaegerTagType.Binary:
                return AttributeRow.Bytes(key, binary);
            default:
                ThriftErrors.UnknownEnum("Tag.vType", (int)type, reader.Position);
                return default;
        }
    }
}
