namespace Clew.Model;

/// <summary>Well-formed so far, but more than the configured limit allows; the request is refused whole.</summary>
public sealed class SpanLimitException : SpanFormatException
{
    /// <param name="limitName">Name of the <see cref="SpanBatchLimits"/> property.</param>
    /// <param name="max">Its value.</param>
    /// <param name="byteOffset">Offset in the decompressed payload, or -1.</param>
    public SpanLimitException(string limitName, long max, long byteOffset = -1)
        : base($"the limit {limitName} = {max} is exceeded", byteOffset)
    {
        LimitName = limitName;
        Max = max;
    }

    public string LimitName { get; }

    public long Max { get; }
}
