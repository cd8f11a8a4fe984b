using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes what OTLP's messages are made of. Fields at their default are left out, as proto3 does; members of a oneof never are.</summary>
internal static class OtlpProtobufValues
{
    public static void WriteText(this ProtobufWriter writer, uint tag, string text)
    {
        if (text.Length > 0)
            writer.WriteString(tag, text);
    }

    public static void WriteCount(this ProtobufWriter writer, uint tag, uint count)
    {
        if (count != 0)
            writer.WriteVarint(tag, count);
    }

    public static void WriteTime(this ProtobufWriter writer, uint tag, long timeNs)
    {
        if (timeNs != 0)
            writer.WriteFixed64(tag, (ulong)timeNs);
    }

    public static void WriteId(this ProtobufWriter writer, uint tag, TraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.WriteBytes(bytes);
        writer.WriteBytes(tag, bytes);
    }

    public static void WriteId(this ProtobufWriter writer, uint tag, SpanId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        id.WriteBytes(bytes);
        writer.WriteBytes(tag, bytes);
    }

    public static void WriteAttributes(this ProtobufWriter writer, uint tag, AttributeList attributes)
    {
        foreach (KeyValue item in attributes.AsSpan())
            writer.WriteKeyValue(tag, item);
    }

    public static void WriteKeyValue(this ProtobufWriter writer, uint tag, KeyValue item)
    {
        int start = writer.BeginMessage(tag);
        writer.WriteText(OtlpTags.KeyValue.Key, item.Key);
        writer.WriteAnyValue(OtlpTags.KeyValue.Value, item.Value);
        writer.EndMessage(start);
    }

    private static void WriteAnyValue(this ProtobufWriter writer, uint tag, AttributeValue value)
    {
        int start = writer.BeginMessage(tag);
        switch (value.Type)
        {
            case AttributeType.String:
                writer.WriteString(OtlpTags.AnyValue.String, value.AsString());
                break;
            case AttributeType.Bool:
                writer.WriteVarint(OtlpTags.AnyValue.Bool, value.AsBool() ? 1UL : 0UL);
                break;
            case AttributeType.Int64:
                writer.WriteVarint(OtlpTags.AnyValue.Int, (ulong)value.AsInt64());
                break;
            case AttributeType.Double:
                writer.WriteFixed64(OtlpTags.AnyValue.Double, BitConverter.DoubleToUInt64Bits(value.AsDouble()));
                break;
            case AttributeType.Bytes:
                writer.WriteBytes(OtlpTags.AnyValue.Bytes, value.AsBytes().Span);
                break;
            case AttributeType.Array:
                int arrayStart = writer.BeginMessage(OtlpTags.AnyValue.Array);
                foreach (AttributeValue item in value.AsArray())
                    writer.WriteAnyValue(OtlpTags.ListValues, item);
                writer.EndMessage(arrayStart);
                break;
            case AttributeType.KeyValueList:
                int listStart = writer.BeginMessage(OtlpTags.AnyValue.KeyValueList);
                writer.WriteAttributes(OtlpTags.ListValues, value.AsKeyValues());
                writer.EndMessage(listStart);
                break;
            default:
                break;
        }
        writer.EndMessage(start);
    }
}
