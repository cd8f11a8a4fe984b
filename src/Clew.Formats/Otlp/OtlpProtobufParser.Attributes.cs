using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Attributes, their values, and identifiers.</summary>
internal ref partial struct OtlpProtobufParser
{
    /// <summary>Where the attributes of a resource or scope begin. A message that comes in several pieces is one: its earlier rows move behind all others, so that they stay contiguous.</summary>
    private readonly int BeginAttributes(RowRange earlier)
    {
        RowTable<AttributeRow> table = batch.OtherAttributes;
        if (earlier.IsEmpty || earlier.Start + earlier.Count == table.Count)
            return earlier.IsEmpty ? table.Count : earlier.Start;
        return table.AddRange(table.Slice(earlier)).Start;
    }

    private readonly RowRange EndAttributes(int start) => new(start, batch.OtherAttributes.Count - start);

    private AttributeRow ReadKeyValue(ProtobufMessage parent, int depth)
    {
        int length = PlainKeyValue.TryRead(reader.Remaining, reader.Position, out AttributeRow row);
        if (length == 0)
            return ReadKeyValueOfAnyForm(parent, depth);
        reader.Advance(length);
        return row;
    }

    private AttributeRow ReadKeyValueOfAnyForm(ProtobufMessage parent, int depth)
    {
        int outerEnd = reader.Enter(parent);
        Utf8Slice key = default;
        AttributeRow value = default;
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.KeyValue)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.KeyValue.Key:
                    key = reader.ReadSlice(OtlpMessages.KeyValue);
                    break;
                case OtlpTags.KeyValue.Value:
                    ReadAnyValue(OtlpMessages.KeyValue, depth, ref value);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.KeyValue);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return value.WithKey(key);
    }

    /// <summary>Reads over <paramref name="value"/>: it keeps what it was when the message is empty, and a list that comes in pieces grows.</summary>
    private void ReadAnyValue(ProtobufMessage parent, int depth, ref AttributeRow value)
    {
        int outerEnd = reader.Enter(parent);
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.AnyValue)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.AnyValue.String:
                    value = AttributeRow.String(default, reader.ReadSlice(OtlpMessages.AnyValue));
                    break;
                case OtlpTags.AnyValue.Bool:
                    value = AttributeRow.From(default, reader.ReadVarint(OtlpMessages.AnyValue) != 0);
                    break;
                case OtlpTags.AnyValue.Int:
                    value = AttributeRow.From(default, (long)reader.ReadVarint(OtlpMessages.AnyValue));
                    break;
                case OtlpTags.AnyValue.Double:
                    value = AttributeRow.From(default, reader.ReadDouble(OtlpMessages.AnyValue));
                    break;
                case OtlpTags.AnyValue.Array:
                    value = AttributeRow.Array(default, ReadArray(depth, value.Type == AttributeType.Array ? value.Items : default));
                    break;
                case OtlpTags.AnyValue.KeyValueList:
                    value = AttributeRow.KeyValueList(default, ReadKeyValueList(depth, value.Type == AttributeType.KeyValueList ? value.Items : default));
                    break;
                case OtlpTags.AnyValue.Bytes:
                    value = AttributeRow.Bytes(default, reader.ReadSlice(OtlpMessages.AnyValue));
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.AnyValue);
                    break;
            }
        }
        reader.Leave(outerEnd);
    }

    private RowRange ReadArray(int depth, RowRange earlier)
    {
        int outerEnd = EnterList(depth);
        int mark = BeginElements(earlier);
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.ArrayValue)) != 0)
        {
            if (tag == OtlpTags.ListValues)
            {
                AttributeRow item = default;
                ReadAnyValue(OtlpMessages.ArrayValue, depth + 1, ref item);
                builder.AddElement(item);
            }
            else
            {
                reader.SkipUnknown(OtlpMessages.ArrayValue);
            }
        }
        reader.Leave(outerEnd);
        return builder.EndElements(mark);
    }

    private RowRange ReadKeyValueList(int depth, RowRange earlier)
    {
        int outerEnd = EnterList(depth);
        int mark = BeginElements(earlier);
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.KeyValueList)) != 0)
        {
            if (tag == OtlpTags.ListValues)
                builder.AddElement(ReadKeyValue(OtlpMessages.KeyValueList, depth + 1));
            else
                reader.SkipUnknown(OtlpMessages.KeyValueList);
        }
        reader.Leave(outerEnd);
        return builder.EndElements(mark);
    }

    private int EnterList(int depth)
    {
        if (depth >= depthMax)
            throw new SpanLimitException(nameof(SpanBatchLimits.DepthMax), depthMax, reader.Position);
        return reader.Enter(OtlpMessages.AnyValue);
    }

    private readonly int BeginElements(RowRange earlier)
    {
        int mark = builder.BeginElements();
        foreach (ref readonly AttributeRow item in batch.Elements.Slice(earlier))
            builder.AddElement(item);
        return mark;
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
