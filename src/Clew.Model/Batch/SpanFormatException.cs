namespace Clew.Model;

/// <summary>
/// Input that cannot be understood. The only exception type a decoder throws, whatever bytes it is given; the message
/// names what is wrong and, when known, where.
/// </summary>
public class SpanFormatException : FormatException
{
    /// <param name="reason">A full clause without the position, for example <c>"truncated varint in Span.name"</c>.</param>
    /// <param name="byteOffset">Offset in the decompressed payload; -1 when no single place is to blame.</param>
    /// <param name="inner">The exception of a library reader this one stands for.</param>
    public SpanFormatException(string reason, long byteOffset = -1, Exception? inner = null)
        : base(byteOffset < 0 ? reason : $"{reason} at byte {byteOffset}", inner)
    {
        Reason = reason;
        ByteOffset = byteOffset;
    }

    public string Reason { get; }

    public long ByteOffset { get; }

    /// <summary>For counting.</summary>
    public SpanFormatProblem Problem { get; init; }
}
