using Clew.Model;

namespace Clew.Storage.Segments.Wal;

/// <summary>An append that waits for the disk. Made by the appending thread, written and completed by the committer's.</summary>
internal sealed class PendingAppend
{
    private readonly TaskCompletionSource<long> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WalRecord record;
    private readonly uint contentChecksum;

    public PendingAppend(WalRecord record)
    {
        if (record.Format == BatchFormat.None)
            throw new ArgumentException("A record needs a format: nothing could decode it when it is replayed.", nameof(record));
        this.record = record;
        if (record.Body.Length > WalFormat.ContentBytesMax)
            throw new ArgumentException($"A body of {record.Body.Length} bytes is more than a record holds, {WalFormat.ContentBytesMax} bytes.", nameof(record));
        contentChecksum = Crc32C.Compute(record.Body.Span);
    }

    public ReadOnlyMemory<byte> Body => record.Body;

    public int Bytes => WalRecordHeader.Bytes + record.Body.Length;

    /// <summary>Ends with the record's position.</summary>
    public Task<long> Completion => completion.Task;

    public WalRecordHeader Header(long position) => new(position, record.Format, record.Encoding, record.Body.Length, contentChecksum);

    public void Complete(long position) => completion.SetResult(position);

    public void Fail(Exception exception) => completion.SetException(exception);
}
