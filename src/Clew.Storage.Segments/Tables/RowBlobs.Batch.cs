using System.Buffers;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

internal static partial class RowBlobs
{
    /// <param name="output">Where to.</param>
    /// <param name="batch">Whose row it is.</param>
    /// <param name="index">In <see cref="SpanBatch.Resources"/>; 0 is <see cref="Resource.None"/>.</param>
    public static void WriteResource(IBufferWriter<byte> output, SpanBatch batch, int index)
    {
        ref readonly ResourceRow row = ref batch.Resources[index];
        AttributeValueCodec.WriteEntries(output, batch, batch.OtherAttributes.Slice(row.Attributes));
        output.WriteVarint(row.DroppedAttributesCount);
        output.WriteText(batch.Bytes(row.SchemaUrl));
    }

    /// <param name="output">Where to.</param>
    /// <param name="batch">Whose row it is.</param>
    /// <param name="index">In <see cref="SpanBatch.Scopes"/>; 0 is <see cref="Scope.None"/>.</param>
    public static void WriteScope(IBufferWriter<byte> output, SpanBatch batch, int index)
    {
        ref readonly ScopeRow row = ref batch.Scopes[index];
        output.WriteText(batch.Bytes(row.Name));
        output.WriteText(batch.Bytes(row.Version));
        AttributeValueCodec.WriteEntries(output, batch, batch.OtherAttributes.Slice(row.Attributes));
        output.WriteVarint(row.DroppedAttributesCount);
        output.WriteText(batch.Bytes(row.SchemaUrl));
    }

    /// <param name="output">Where to.</param>
    /// <param name="batch">Whose row it is.</param>
    /// <param name="index">In <see cref="SpanBatch.Endpoints"/>, above 0.</param>
    public static void WriteEndpoint(IBufferWriter<byte> output, SpanBatch batch, int index)
    {
        ref readonly EndpointRow row = ref batch.Endpoints[index];
        output.WriteText(batch.Bytes(row.ServiceName));
        output.WriteBytes(batch.Bytes(row.Ipv4));
        output.WriteBytes(batch.Bytes(row.Ipv6));
        output.WriteVarint(row.Port);
    }
}
