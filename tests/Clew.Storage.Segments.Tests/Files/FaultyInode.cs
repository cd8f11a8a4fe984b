namespace Clew.Storage.Segments.Tests.Files;

/// <summary>
/// The content of a file twice: as programs see it, and as it is on the device, with the writes in between that a flush has not carried over.
/// </summary>
internal sealed class FaultyInode
{
    private readonly List<Change> unflushed = [];
    private byte[] onDevice = [];

    private FaultyInode(byte[] content) => (Content, onDevice) = (content, content);

    public FaultyInode()
        : this([])
    {
    }

    /// <summary>What a read sees.</summary>
    public byte[] Content { get; private set; } = [];

    public void Write(long offset, byte[] bytes) => Do(new Change(offset, bytes));

    public void Truncate(long length) => Do(new Change(length, null));

    public void Flush()
    {
        foreach (Change change in unflushed)
            onDevice = change.Apply(onDevice);
        unflushed.Clear();
    }

    /// <summary>
    /// A flush that failed: Linux marks the pages clean all the same, so that whatever did not get to the device is dropped and a later flush
    /// says nothing about it.
    /// </summary>
    public void FailFlush(Random random)
    {
        onDevice = AfterPowerLoss(random);
        unflushed.Clear();
    }

    /// <summary>Spoils a bit, on the device too.</summary>
    public void FlipBit(long bit)
    {
        foreach (byte[] bytes in new[] { Content, onDevice }.Distinct())
        {
            if (bit / 8 < bytes.Length)
                bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        }
    }

    public FaultyInode Restart(Random random) => new(AfterPowerLoss(random));

    /// <summary>Of each write that was not flushed: all, nothing, or the beginning. In any combination, since pages are written in any order.</summary>
    private byte[] AfterPowerLoss(Random random)
    {
        byte[] survived = [.. onDevice];
        foreach (Change change in unflushed)
        {
            survived = random.Next(3) switch
            {
                0 => survived,
                1 => change.Apply(survived),
                _ => change.Torn(random).Apply(survived),
            };
        }
        return survived;
    }

    private void Do(Change change)
    {
        Content = change.Apply(Content);
        unflushed.Add(change);
    }

    /// <param name="Offset">Where to write, or the length to cut at.</param>
    /// <param name="Bytes">Null to cut.</param>
    private sealed record Change(long Offset, byte[]? Bytes)
    {
        public byte[] Apply(byte[] content)
        {
            byte[] changed = new byte[Bytes is null ? Offset : Math.Max(content.Length, Offset + Bytes.Length)];
            content.AsSpan(0, Math.Min(content.Length, changed.Length)).CopyTo(changed);
            Bytes?.CopyTo(changed, Offset);
            return changed;
        }

        public Change Torn(Random random) => Bytes is null ? this : this with { Bytes = Bytes[..random.Next(Bytes.Length + 1)] };
    }
}
