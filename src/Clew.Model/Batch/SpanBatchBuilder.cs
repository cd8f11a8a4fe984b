using System.Diagnostics;

namespace Clew.Model;

/// <summary>
/// What a decoder writes to. Protocol: <see cref="Start"/> with the whole payload, add rows to the tables of
/// <see cref="Batch"/>, then hand <see cref="Batch"/> on; the next <see cref="Start"/> takes everything back. Pooled by
/// the receivers; one thread at a time. A decoder that throws leaves a builder that may be started again.
/// </summary>
public sealed class SpanBatchBuilder
{
    // Rewritten text is rare (JSON escapes, a few constants); 1 MiB kept between batches covers it without pinning a giant's arena.
    private const int ArenaBytesKept = 1 << 20;

    // Requests that arrive in pieces are mostly tens to hundreds of KiB.
    private const int PayloadBytesKept = 4 << 20;

    private byte[] payloadBuffer = [];
    private int arenaUsed;
    private AttributeRow[] pending = new AttributeRow[16];
    private int pendingCount;

    public SpanBatchBuilder(SpanBatchLimits? limits = null) => Batch = new SpanBatch(limits ?? SpanBatchLimits.Default);

    public SpanBatch Batch { get; }

    public SpanBatchLimits Limits => Batch.Limits;

    /// <summary>Begins a batch over <paramref name="payload"/>, which must stay untouched until the batch is done with.</summary>
    public void Start(BatchFormat format, ReadOnlyMemory<byte> payload)
    {
        Batch.Clear();
        if (Batch.Arena.Length > ArenaBytesKept)
            Batch.Arena = [];
        arenaUsed = 0;
        pendingCount = 0;
        Batch.Format = format;
        Batch.Payload = payload;
    }

    /// <summary>
    /// Room of the builder's own to put a payload in that did not come in one piece, for <see cref="Start"/>. It holds until the next call;
    /// a large one is not kept for small payloads.
    /// </summary>
    public Memory<byte> PayloadBuffer(int bytes)
    {
        if (payloadBuffer.Length < bytes || payloadBuffer.Length > Math.Max(bytes, PayloadBytesKept))
            payloadBuffer = new byte[Math.Max(bytes, Math.Min(payloadBuffer.Length * 2, PayloadBytesKept))];
        return payloadBuffer.AsMemory(0, bytes);
    }

    /// <summary>Lets go of the payload and body without starting another batch.</summary>
    public void Release() => Start(BatchFormat.None, default);

    /// <summary>Copies text the payload does not hold in this form.</summary>
    public Utf8Slice AddText(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(ReserveArena(utf8.Length));
        return CommitArena(utf8.Length);
    }

    /// <summary>Room to write up to <paramref name="bytesMax"/> bytes into; follow with <see cref="CommitArena"/>.</summary>
    public Span<byte> ReserveArena(int bytesMax)
    {
        if (Batch.Arena.Length - arenaUsed < bytesMax)
            GrowArena(bytesMax);
        return Batch.Arena.AsSpan(arenaUsed);
    }

    /// <summary>Keeps the first <paramref name="bytes"/> of the reserved room.</summary>
    public Utf8Slice CommitArena(int bytes)
    {
        var slice = new Utf8Slice(~arenaUsed, bytes);
        arenaUsed += bytes;
        return slice;
    }

    /// <summary>
    /// Begins an array or key-value-list value. Its items are gathered with <see cref="AddElement"/>, nested values included, and
    /// become contiguous rows at <see cref="EndElements"/>.
    /// </summary>
    public int BeginElements() => pendingCount;

    public void AddElement(in AttributeRow item)
    {
        if (pendingCount == pending.Length)
        {
            if (pendingCount >= Limits.ElementsMax)
                throw new SpanLimitException(nameof(SpanBatchLimits.ElementsMax), Limits.ElementsMax);
            Array.Resize(ref pending, pendingCount * 2);
        }
        pending[pendingCount++] = item;
    }

    /// <param name="mark">What <see cref="BeginElements"/> returned.</param>
    public RowRange EndElements(int mark)
    {
        Debug.Assert(mark <= pendingCount);
        RowRange items = Batch.Elements.AddRange(pending.AsSpan(mark, pendingCount - mark));
        pendingCount = mark;
        return items;
    }

    private void GrowArena(int bytesMax)
    {
        byte[] arena = Batch.Arena;
        long wanted = Math.Max(4096, Math.Max((long)arenaUsed + bytesMax, arena.Length * 2L));
        if (wanted > Array.MaxLength)
            throw new SpanLimitException("ArenaBytesMax", Array.MaxLength);
        Array.Resize(ref arena, (int)wanted);
        Batch.Arena = arena;
    }
}
