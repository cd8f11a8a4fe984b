using System.Buffers;
using Clew.Model;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class RowBlobTests
{
    [Fact]
    public void Objects_and_rows_of_a_batch_have_the_same_bytes_and_read_back() => Properties.ForAll(SpanGen.ZipkinLikeSpan, span =>
    {
        SpanBatch batch = SpanWriter.WriteAll([span], new SpanBatchBuilder());
        SpanRow row = batch.Spans[0];
        byte[] resource = Bytes(output => RowBlobs.WriteResource(output, span.Resource));
        Assert.Equal(resource, Bytes(output => RowBlobs.WriteResource(output, batch, row.Resource)));
        Assert.Equal(span.Resource, RowBlobs.ReadResource(resource));
        byte[] scope = Bytes(output => RowBlobs.WriteScope(output, span.Scope));
        Assert.Equal(scope, Bytes(output => RowBlobs.WriteScope(output, batch, row.Scope)));
        Assert.Equal(span.Scope, RowBlobs.ReadScope(scope));
        if (span.LocalEndpoint is not { } local)
            return;
        byte[] endpoint = Bytes(output => RowBlobs.WriteEndpoint(output, local));
        Assert.Equal(endpoint, Bytes(output => RowBlobs.WriteEndpoint(output, batch, row.LocalEndpoint)));
        Assert.Equal(local, RowBlobs.ReadEndpoint(endpoint));
    });

    [Fact]
    public void Damaged_bytes_are_read_or_refused() => Properties.ForAll(SpanGen.ZipkinLikeSpan, span =>
    {
        byte[] resource = Bytes(output => RowBlobs.WriteResource(output, span.Resource));
        byte[] scope = Bytes(output => RowBlobs.WriteScope(output, span.Scope));
        byte[] endpoint = Bytes(output => RowBlobs.WriteEndpoint(output, span.LocalEndpoint ?? new Endpoint("a", System.Net.IPAddress.Loopback, null, 80)));
        Damage(resource, bytes => RowBlobs.ReadResource(bytes));
        Damage(scope, bytes => RowBlobs.ReadScope(bytes));
        Damage(endpoint, bytes => RowBlobs.ReadEndpoint(bytes));
    }, count: 50);

    private static void Damage(byte[] bytes, Action<byte[]> read)
    {
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<SegmentFormatException>(() => read(bytes[..length]));
        Assert.Throws<SegmentFormatException>(() => read([.. bytes, 0]));
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] broken = [.. bytes];
            broken[at] ^= 0x55;
            try
            {
                read(broken);
            }
            catch (SegmentFormatException)
            {
                // Any other exception fails the test.
            }
        }
    }

    private static byte[] Bytes(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
