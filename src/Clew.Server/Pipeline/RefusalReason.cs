namespace Clew.Server.Pipeline;

/// <summary>Why a request or a span was not taken. The small fixed set behind the <c>reason</c> label; <see cref="Refusals.Label"/> names them.</summary>
internal enum RefusalReason
{
    /// <summary>The bytes are not what the content type says.</summary>
    Malformed,

    /// <summary>A Thrift message for another method.</summary>
    WrongMethod,

    /// <summary>The datagram or body ends too early.</summary>
    Truncated,

    /// <summary>The body, as received or unfolded, is larger than allowed.</summary>
    TooLarge,

    /// <summary>More spans, attributes, … than one request may carry.</summary>
    Limit,

    /// <summary>A content encoding that is not understood.</summary>
    Encoding,

    /// <summary>A content type that is not understood.</summary>
    MediaType,

    /// <summary>No room within the time allowed.</summary>
    Overload,

    /// <summary>The store cannot take anything now.</summary>
    Store,

    /// <summary>The sender went away before its request was complete.</summary>
    Aborted,

    /// <summary>A fault of ours.</summary>
    Internal,

    /// <summary>Trace id of zeros only.</summary>
    ZeroTraceId,

    /// <summary>Span id of zeros only.</summary>
    ZeroSpanId,

    /// <summary>Start or end that 64 bits of nanoseconds since 1970 cannot hold (after the year 2262).</summary>
    TimeOutOfRange,
}
