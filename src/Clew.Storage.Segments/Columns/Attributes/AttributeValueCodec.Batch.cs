using System.Buffers;
using Clew.Model;

namespace Clew.Storage.Segments;

internal static partial class AttributeValueCodec
{
    /// <summary>The same bytes as for the value a <see cref="SpanReader"/> makes of the row.</summary>
    public static void Write(IBufferWriter<byte> output, SpanBatch batch, in AttributeRow row)
    {
        output.WriteByte((byte)row.Type);
        switch (row.Type)
        {
            case AttributeType.String:
                output.WriteText(batch.Bytes(row.Slice));
                break;
            case AttributeType.Bytes:
                output.WriteBytes(batch.Bytes(row.Slice));
                break;
            case AttributeType.Bool:
                output.WriteByte(row.Bool ? (byte)1 : (byte)0);
                break;
            case AttributeType.Int64 or AttributeType.Double:
                output.WriteInt64(row.Int64);
                break;
            case AttributeType.Array:
                output.WriteVarint((ulong)row.Items.Count);
                foreach (ref readonly AttributeRow item in batch.Elements.Slice(row.Items))
                    Write(output, batch, item);
                break;
            case AttributeType.KeyValueList:
                WriteEntries(output, batch, batch.Elements.Slice(row.Items));
                break;
        }
    }

    /// <inheritdoc cref="WriteEntries(IBufferWriter{byte}, AttributeList)"/>
    public static void WriteEntries(IBufferWriter<byte> output, SpanBatch batch, ReadOnlySpan<AttributeRow> rows)
    {
        output.WriteVarint((ulong)rows.Length);
        foreach (ref readonly AttributeRow row in rows)
        {
            output.WriteText(batch.Bytes(row.Key));
            Write(output, batch, row);
        }
    }
}
