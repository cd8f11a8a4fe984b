using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Attributes and their values.</summary>
internal ref partial struct OtlpJsonParser
{
    /// <summary>
    /// Reads a list of attributes behind <paramref name="earlier"/>: a key that stands twice counts as one list. Earlier rows move
    /// when others have come between, so that they stay contiguous.
    /// </summary>
    private RowRange ReadAttributes(RowTable<AttributeRow> table, RowRange earlier)
    {
        int start = earlier.IsEmpty ? table.Count : earlier.Start;
        if (!earlier.IsEmpty && earlier.Start + earlier.Count != table.Count)
            start = table.AddRange(table.Slice(earlier)).Start;
        BeginArray();
        while (NextObject("KeyValue"))
            table.Add(ReadKeyValue(depth: 0));
        return new RowRange(start, table.Count - start);
    }

    private AttributeRow ReadKeyValue(int depth)
    {
        Utf8Slice key = default;
        AttributeRow value = default;
        while (NextField("KeyValue", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "key":
                    key = ReadText();
                    break;
                case "value":
                    BeginObject("AnyValue");
                    value = ReadAnyValue(depth);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return value.WithKey(key);
    }

    private AttributeRow ReadAnyValue(int depth)
    {
        AttributeRow value = default;
        while (NextField("AnyValue", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "stringValue":
                    value = AttributeRow.String(default, ReadText());
                    break;
                case "boolValue":
                    value = AttributeRow.From(default, ReadBool());
                    break;
                case "intValue":
                    value = AttributeRow.From(default, ReadInt64());
                    break;
                case "doubleValue":
                    value = AttributeRow.From(default, ReadDouble());
                    break;
                case "arrayValue":
                    value = AttributeRow.Array(default, ReadValues(depth, areKeyed: false));
                    break;
                case "kvlistValue":
                    value = AttributeRow.KeyValueList(default, ReadValues(depth, areKeyed: true));
                    break;
                case "bytesValue":
                    value = AttributeRow.Bytes(default, ReadBase64());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return value;
    }

    /// <summary>The items of an ArrayValue or KeyValueList.</summary>
    private RowRange ReadValues(int depth, bool areKeyed)
    {
        if (depth >= depthMax)
            throw new SpanLimitException(nameof(SpanBatchLimits.DepthMax), depthMax, Offset);
        string message = areKeyed ? "KeyValueList" : "ArrayValue";
        int mark = builder.BeginElements();
        BeginObject(message);
        while (NextField(message, out ReadOnlySpan<char> name))
        {
            if (name is not "values")
            {
                reader.Skip();
                continue;
            }
            BeginArray();
            while (NextItem())
            {
                // A null among values is an empty value: leaving it out would move the items behind it.
                bool isNull = reader.TokenType == JsonTokenType.Null;
                if (!isNull)
                    BeginObject(message);
                if (areKeyed && !isNull)
                    builder.AddElement(ReadKeyValue(depth + 1));
                else if (!areKeyed)
                    builder.AddElement(isNull ? default : ReadAnyValue(depth + 1));
            }
        }
        return builder.EndElements(mark);
    }

    /// <summary>Standard base64 or the URL-safe alphabet, as protobuf's JSON mapping asks readers to accept.</summary>
    private Utf8Slice ReadBase64()
    {
        Utf8Slice text = ReadText();
        ReadOnlySpan<byte> base64 = batch.Bytes(text);
        Span<byte> decoded = builder.ReserveArena(Base64.GetMaxDecodedFromUtf8Length(base64.Length + 3));
        if (Base64.DecodeFromUtf8(base64, decoded, out _, out int written) != OperationStatus.Done
            && Base64Url.DecodeFromUtf8(base64, decoded, out _, out written) != OperationStatus.Done)
        {
            ThrowUnexpected("base64");
        }
        return builder.CommitArena(written);
    }
}
