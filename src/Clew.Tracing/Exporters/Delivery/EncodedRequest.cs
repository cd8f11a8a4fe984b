using System.Buffers;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>One request's body in a pooled array. Owned by whoever took it from the queue, who calls <see cref="Release"/> once.</summary>
internal sealed class EncodedRequest
{
    private byte[] array;
    private readonly int length;

    /// <param name="body">Copied.</param>
    /// <param name="spanCount">For the counters.</param>
    /// <param name="stamp">Its place in the order of all requests.</param>
    public EncodedRequest(ReadOnlySpan<byte> body, int spanCount, long stamp)
    {
        array = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(array);
        length = body.Length;
        SpanCount = spanCount;
        Stamp = stamp;
    }

    /// <summary>The file it came from; null for one that was never on disk.</summary>
    public SpoolFile? SpooledAs { get; init; }

    public int SpanCount { get; }

    public long Stamp { get; }

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
