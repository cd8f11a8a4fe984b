using System.Buffers;
using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// The codes of a batch's resources, scopes and endpoints in a head's dictionaries, each found when it is first met: once for a batch's row, not for each span
/// of it. For the writer; used again for the next batch.
/// </summary>
internal sealed class BatchCodes(HeadSpans spans)
{
    private static ReadOnlySpan<byte> ServiceNameKey => "service.name"u8;

    private readonly ArrayBufferWriter<byte> scratch = new();
    private ResourceCodes?[] resources = [];
    private uint?[] scopes = [];
    private uint?[] localEndpoints = [];
    private uint?[] remoteEndpoints = [];
    private SpanBatch batch = null!;

    public void Start(SpanBatch of)
    {
        batch = of;
        Clear(ref resources, of.Resources.Count);
        Clear(ref scopes, of.Scopes.Count);
        Clear(ref localEndpoints, of.Endpoints.Count);
        Clear(ref remoteEndpoints, of.Endpoints.Count);
    }

    /// <summary>Lets go of the batch.</summary>
    public void End() => batch = null!;

    public ResourceCodes Resource(int index) => resources[index] ?? AddResource(index);

    public uint Scope(int index) => scopes[index] ?? AddScope(index);

    public uint LocalEndpoint(int index) => localEndpoints[index] ?? AddEndpoint(index, localEndpoints, spans.LocalEndpoints);

    public uint RemoteEndpoint(int index) => remoteEndpoints[index] ?? AddEndpoint(index, remoteEndpoints, spans.RemoteEndpoints);

    private ResourceCodes AddResource(int index)
    {
        scratch.ResetWrittenCount();
        RowBlobs.WriteResource(scratch, batch, index);
        var codes = new ResourceCodes(spans.Resources.CodeOf(scratch.WrittenSpan), spans.Services.CodeOf(ServiceName(index)));
        resources[index] = codes;
        return codes;
    }

    private uint AddScope(int index)
    {
        scratch.ResetWrittenCount();
        RowBlobs.WriteScope(scratch, batch, index);
        uint code = spans.Scopes.CodeOf(scratch.WrittenSpan);
        scopes[index] = code;
        return code;
    }

    private uint AddEndpoint(int index, uint?[] codes, CodeColumnBuilder column)
    {
        scratch.ResetWrittenCount();
        if (index != 0)
            RowBlobs.WriteEndpoint(scratch, batch, index);
        uint code = column.CodeOf(scratch.WrittenSpan);
        codes[index] = code;
        return code;
    }

    // As Span.ServiceName has it: the text of the first value, which may be of any type, and a name in its place where that is empty.
    private ReadOnlySpan<byte> ServiceName(int index)
    {
        foreach (ref readonly AttributeRow attribute in batch.OtherAttributes.Slice(batch.Resources[index].Attributes))
        {
            if (!batch.Bytes(attribute.Key).SequenceEqual(ServiceNameKey))
                continue;
            ReadOnlySpan<byte> name = attribute.Type == AttributeType.String ? batch.Bytes(attribute.Slice) : TextOf(attribute);
            if (!name.IsEmpty)
                return name;
            break;
        }
        return Encoding.UTF8.GetBytes(AttributeKeys.UnknownService);
    }

    private byte[] TextOf(in AttributeRow attribute)
    {
        scratch.ResetWrittenCount();
        AttributeValueCodec.Write(scratch, batch, attribute);
        return Encoding.UTF8.GetBytes(AttributeValueCodec.Read(scratch.WrittenSpan).ToString());
    }

    private static void Clear<T>(ref T?[] codes, int count) where T : struct
    {
        if (codes.Length < count)
            codes = new T?[count * 2];
        else
            codes.AsSpan(0, count).Clear();
    }

    internal readonly record struct ResourceCodes(uint Blob, uint Service);
}
