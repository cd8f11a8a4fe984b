using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerProtobufDecoder
{
    /// <summary>Reads a tag or log field; only the value its type names counts.</summary>
    private AttributeRow ReadKeyValue(ProtobufMessage parent)
    {
        int outerEnd = reader.Enter(parent);
        Utf8Slice key = default;
        Utf8Slice text = default;
        Utf8Slice binary = default;
        double number = 0;
        bool boolean = false;
        long integer = 0;
        var type = JaegerProtobufTags.ValueType.String;
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.KeyValue)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.KeyValue.Key:
                    key = reader.ReadSlice(JaegerMessages.KeyValue);
                    break;
                case JaegerProtobufTags.KeyValue.Type:
                    type = (JaegerProtobufTags.ValueType)reader.ReadVarint(JaegerMessages.KeyValue);
                    if ((uint)type > (uint)JaegerProtobufTags.ValueType.Binary)
                        reader.ThrowInvalid(JaegerMessages.KeyValue, $"the unknown value {(int)type}");
                    break;
                case JaegerProtobufTags.KeyValue.String:
                    text = reader.ReadSlice(JaegerMessages.KeyValue);
                    break;
                case JaegerProtobufTags.KeyValue.Bool:
                    boolean = reader.ReadVarint(JaegerMessages.KeyValue) != 0;
                    break;
                case JaegerProtobufTags.KeyValue.Int64:
                    integer = (long)reader.ReadVarint(JaegerMessages.KeyValue);
                    break;
                case JaegerProtobufTags.KeyValue.Float64:
                    number = reader.ReadDouble(JaegerMessages.KeyValue);
                    break;
                case JaegerProtobufTags.KeyValue.Binary:
                    binary = reader.ReadSlice(JaegerMessages.KeyValue);
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.KeyValue);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return type switch
        {
            JaegerProtobufTags.ValueType.Bool => AttributeRow.From(key, boolean),
            JaegerProtobufTags.ValueType.Int64 => AttributeRow.From(key, integer),
            JaegerProtobufTags.ValueType.Float64 => AttributeRow.From(key, number),
            JaegerProtobufTags.ValueType.Binary => AttributeRow.Bytes(key, binary),
            _ => AttributeRow.String(key, text),
        };
    }

    private TraceId ReadTraceId(ProtobufMessage message)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(message);
        if (!TraceId.TryFromBytes(bytes, out TraceId id) && !bytes.IsEmpty)
            reader.ThrowInvalid(message, $"a trace id of {bytes.Length} bytes");
        return id;
    }

    private SpanId ReadSpanId(ProtobufMessage message)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(message);
        if (!SpanId.TryFromBytes(bytes, out SpanId id) && !bytes.IsEmpty)
            reader.ThrowInvalid(message, $"a span id of {bytes.Length} bytes");
        return id;
    }
}
