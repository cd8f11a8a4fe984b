using System.IO.Compression;
using System.IO.Pipelines;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Server.Tests.Pipeline;

public sealed class RequestBodyTests : IDisposable
{
    private const int BytesMax = 100_000;
    private const int PayloadBytesMax = 300_000;

    private readonly AdmissionGate memory = new("full", 4096, 4096, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeProvider.System);

    public void Dispose() => memory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(BytesMax)]
    public async Task A_body_in_small_pieces_is_read_whole_with_and_without_a_declared_length(int length)
    {
        byte[] sent = Noise(length);
        foreach (long? declared in new long?[] { null, length })
        {
            using RequestBody body = await ReadAsync(sent, BodyEncoding.Identity, declared);
            Assert.Equal(sent, body.Received.ToArray());
            Assert.Equal(sent, (await body.GetPayloadAsync(default)).ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(PayloadBytesMax - 1)]
    [InlineData(PayloadBytesMax)]
    public async Task Gzip_zlib_and_bare_deflate_bodies_unfold_to_what_was_sent(int length)
    {
        byte[] sent = Compressible(length);
        foreach ((byte[] packed, BodyEncoding encoding) in new[]
        {
            (Pack(sent, inner => new GZipStream(inner, CompressionLevel.Fastest)), BodyEncoding.Gzip),
            (Pack(sent, inner => new ZLibStream(inner, CompressionLevel.Fastest)), BodyEncoding.Deflate),
            (Pack(sent, inner => new DeflateStream(inner, CompressionLevel.Fastest)), BodyEncoding.Deflate),
        })
        {
            using RequestBody body = await ReadAsync(packed, encoding, null);
            Assert.Equal(sent, (await body.GetPayloadAsync(default)).ToArray());
            Assert.Equal(packed, body.Received.ToArray());
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_declared_or_not()
    {
        foreach (long? declared in new long?[] { null, BytesMax + 1 })
        {
            var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => ReadAsync(Noise(BytesMax + 1), BodyEncoding.Identity, declared));
            Assert.Equal((RefusalReason.TooLarge, "the body is larger than the allowed 100000 bytes"), (refused.Reason, refused.Message));
        }
        Assert.Equal(0, memory.PermitsInUse);
    }

    [Fact]
    public async Task A_body_that_unfolds_one_byte_over_the_limit_is_refused()
    {
        using RequestBody body = await ReadAsync(Gzip(new byte[PayloadBytesMax + 1]), BodyEncoding.Gzip, null);

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(async () => await body.GetPayloadAsync(default));

        Assert.Equal(RefusalReason.TooLarge, refused.Reason);
    }

    [Fact]
    public async Task Bytes_that_are_not_gzip_or_end_early_are_refused_with_the_encoding_named()
    {
        byte[] whole = Gzip(Noise(5000));
        foreach (byte[] broken in new[] { "not gzip at all"u8.ToArray(), whole[..^20], whole[..(whole.Length / 2)], Flip(whole, 100) })
        {
            using RequestBody body = await ReadAsync(broken, BodyEncoding.Gzip, null);
            var refused = await Assert.ThrowsAsync<RequestRefusedException>(async () => await body.GetPayloadAsync(default));
            Assert.Equal(RefusalReason.Malformed, refused.Reason);
            Assert.Contains("not valid gzip data", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Memory_is_granted_while_a_body_lives_and_given_back_with_it()
    {
        RequestBody body = await ReadAsync(Gzip(Compressible(200_000)), BodyEncoding.Gzip, null);
        await body.GetPayloadAsync(default);
        Assert.InRange(memory.PermitsInUse * 1024, 200_000, 2 * PayloadBytesMax);

        body.Dispose();

        Assert.Equal(0, memory.PermitsInUse);
    }

    [Fact]
    public async Task A_declared_length_takes_no_array_of_that_length_before_the_bytes_are_there()
    {
        var reader = new RequestBodyReader(memory, new LimitOptions { RequestBytesMax = 3 << 20, RequestBytesDecompressedMax = 3 << 20 });
        var pipe = new Pipe();
        long before = GC.GetAllocatedBytesForCurrentThread();

        // Synchronous up to the first read, which has nothing to give.
        Task<RequestBody> reading = reader.ReadAsync(Request(pipe.Reader), BodyEncoding.Identity, 3 << 20, 0, default).AsTask();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
        await pipe.Writer.CompleteAsync();
        (await reading).Dispose();
    }

    private async Task<RequestBody> ReadAsync(byte[] sent, BodyEncoding encoding, long? declared)
    {
        var reader = new RequestBodyReader(memory, new LimitOptions { RequestBytesMax = BytesMax, RequestBytesDecompressedMax = PayloadBytesMax });
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        Task<RequestBody> reading = reader.ReadAsync(Request(pipe.Reader), encoding, declared, 0, default).AsTask();
        for (int at = 0; at < sent.Length; at += 997)
            await pipe.Writer.WriteAsync(sent.AsMemory(at, Math.Min(997, sent.Length - at)));
        await pipe.Writer.CompleteAsync();
        return await reading;
    }

    private static HttpRequest Request(PipeReader body)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new BodyFeature(body));
        return context.Request;
    }

    private static byte[] Gzip(byte[] bytes) => Pack(bytes, inner => new GZipStream(inner, CompressionLevel.Fastest));

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> open)
    {
        var packed = new MemoryStream();
        using (Stream stream = open(packed))
            stream.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= 0xFF;
        return copy;
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(42).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Compressible(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i / 7 % 50))];

    private sealed record BodyFeature(PipeReader Reader) : IRequestBodyPipeFeature;
}
