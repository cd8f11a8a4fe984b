using System.Buffers;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>One request's body in a pooled array. Owned by whoever took it from the queue, who calls <see cref="Release"/> once.</summary>
internal sealed class EncodedRequest
{
    private byte[] array;
    private readonly int length;

    private EncodedRequest(byte[] array, int length, int spanCount)
    {
        this.array = array;
        this.length = length;
        SpanCount = spanCount;
    }

    /// <summary>Copies <paramref name="body"/>; <paramref name="spanCount"/> is for the counters.</summary>
    public static EncodedRequest CopyOf(ReadOnlySpan<byte> body, int spanCount)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(array);
        return new EncodedRequest(array, body.Length, spanCount);
    }

    /// <summary>A request read from the spool.</summary>
    public static EncodedRequest Spooled(byte[] body, SpoolFile file)
    {
        EncodedRequest request = CopyOf(body, file.SpanCount);
        request.Stamp = file.Stamp;
        request.SpooledAs = file;
        return request;
    }

    /// <summary>Takes the buffer's array where that does not keep much more memory than a copy.</summary>
    public static EncodedRequest From(PooledBuffer body, int spanCount)
    {
        if (!body.IsWellFilled)
            return CopyOf(body.Written, spanCount);
        byte[] array = body.Detach(out int length);
        return new EncodedRequest(array, length, spanCount);
    }

    /// <summary>The file it came from; null for one that was never on disk.</summary>
    public SpoolFile? SpooledAs { get; private set; }

    public int SpanCount { get; }

    /// <summary>Its place in the order of all requests; given by the queue.</summary>
    public long Stamp { get; set; }

    /// <summary>What it occupies, not only what it says.</summary>
    public int MemoryBytes => array.Length;

    public ReadOnlyMemory<byte> Body => array.AsMemory(0, length);

    public void Release()
    {
        byte[] rented = array;
        array = [];
        if (rented.Length > 0)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
