namespace Clew.Storage.Segments;

/// <summary>
/// Stored bytes that cannot be what was written. The only exception readers of columns throw, whatever bytes they are given; the message says what is
/// wrong and where.
/// </summary>
/// <param name="what">A clause without the place, for example <c>"the checksum of the section does not match"</c>.</param>
/// <param name="where">The section, for example <c>"Dictionary"</c>.</param>
/// <param name="byteOffset">From the start of what the reader was given (for a segment: of the file), to the section or the byte within it.</param>
/// <param name="inner">The exception of a library reader this one stands for.</param>
internal sealed class SegmentFormatException(string what, string where, long byteOffset, Exception? inner = null)
    : Exception($"{where} at byte {byteOffset}: {what}.", inner)
{
    public string What { get; } = what;

    public string Where { get; } = where;

    public long ByteOffset { get; } = byteOffset;
}
