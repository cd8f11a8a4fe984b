namespace Clew.Model;

/// <summary>
/// A run of bytes of a <see cref="SpanBatch"/>: of the received payload when <see cref="Offset"/> is not negative, of the
/// batch's arena (what a format forced to be rewritten) at <c>~Offset</c> when it is. Only the batch can resolve it.
/// </summary>
public readonly record struct Utf8Slice(int Offset, int Length)
{
    public bool IsEmpty => Length == 0;

    internal bool IsArena => Offset < 0;

    /// <summary>The same slice cut to its first <paramref name="length"/> bytes.</summary>
    public Utf8Slice Truncate(int length) => new(Offset, Math.Min(length, Length));
}
