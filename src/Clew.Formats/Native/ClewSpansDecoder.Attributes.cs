using Clew.Model;

namespace Clew.Formats.Native;

internal static partial class ClewSpansDecoder
{
    private static RowRange ReadAttributes(ref ClewSpansReader reader, SpanBatchBuilder builder, RowTable<AttributeRow> table)
    {
        int start = table.Count;
        for (int left = reader.Count("attributes"); left > 0; left--)
        {
            Utf8Slice key = reader.Slice("an attribute's key");
            table.Add(ReadValue(ref reader, builder, key, builder.Limits.DepthMax));
        }
        return new RowRange(start, table.Count - start);
    }

    private static AttributeRow ReadValue(ref ClewSpansReader reader, SpanBatchBuilder builder, Utf8Slice key, int depth)
    {
        if (depth < 0)
            throw new SpanLimitException(nameof(SpanBatchLimits.DepthMax), builder.Limits.DepthMax);
        switch ((AttributeType)reader.Byte((byte)AttributeType.KeyValueList, "type of a value"))
        {
            case AttributeType.String:
                return AttributeRow.String(key, reader.Slice("a text"));
            case AttributeType.Bytes:
                return AttributeRow.Bytes(key, reader.Slice("a byte string"));
            case AttributeType.Bool:
                return AttributeRow.From(key, reader.Byte(1, "boolean") != 0);
            case AttributeType.Int64:
                return AttributeRow.From(key, reader.Int64("an integer"));
            case AttributeType.Double:
                return AttributeRow.From(key, BitConverter.Int64BitsToDouble(reader.Int64("a double")));
            case AttributeType.Array:
                int array = builder.BeginElements();
                for (int left = reader.Count("items"); left > 0; left--)
                    builder.AddElement(ReadValue(ref reader, builder, default, depth - 1));
                return AttributeRow.Array(key, builder.EndElements(array));
            case AttributeType.KeyValueList:
                int list = builder.BeginElements();
                for (int left = reader.Count("entries"); left > 0; left--)
                {
                    Utf8Slice entry = reader.Slice("an entry's key");
                    builder.AddElement(ReadValue(ref reader, builder, entry, depth - 1));
                }
                return AttributeRow.KeyValueList(key, builder.EndElements(list));
            default:
                return AttributeRow.Empty(key);
        }
    }
}
