namespace Clew.Tracing.Propagation;

/// <summary>The headers <c>X-B3-TraceId</c>, <c>-SpanId</c>, <c>-ParentSpanId</c>, <c>-Sampled</c> and <c>-Flags</c> (B3 propagation, "Multiple Headers").</summary>
public static class B3Multi
{
    /// <summary>
    /// Whether the headers, empty where missing, make a context: both identifiers or neither, and a decision if neither. The old words <c>true</c> and
    /// <c>false</c> are understood; flags other than <c>1</c> mean nothing.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<char> traceId, ReadOnlySpan<char> spanId, ReadOnlySpan<char> parentSpanId, ReadOnlySpan<char> sampled, ReadOnlySpan<char> flags, out PropagatedSpan span)
    {
        span = default;
        if (!TryParseState(sampled, flags, out SamplingState state))
            return false;
        if (traceId.IsEmpty && spanId.IsEmpty)
        {
            span = new(0, 0, 0, state);
            return state != SamplingState.Defer;
        }
        if (traceId.Length is not (16 or 32) || spanId.Length != 16 || !Hex.TryParse(traceId, out ulong high, out ulong low) || !Hex.TryParse(spanId, out ulong id))
            return false;
        ulong parent = 0;
        if (!parentSpanId.IsEmpty && (parentSpanId.Length != 16 || !Hex.TryParse(parentSpanId, out parent)))
            return false;
        var parsed = new PropagatedSpan(high, low, id, state) { ParentSpanId = parent };
        if (!parsed.HasIds)
            return false;
        span = parsed;
        return true;
    }

    private static bool TryParseState(ReadOnlySpan<char> sampled, ReadOnlySpan<char> flags, out SamplingState state)
    {
        state = SamplingState.Defer;
        if (flags.SequenceEqual("1"))
            state = SamplingState.Debug;
        else if (sampled.SequenceEqual("1") || sampled.Equals("true", StringComparison.OrdinalIgnoreCase))
            state = SamplingState.Accept;
        else if (sampled.SequenceEqual("0") || sampled.Equals("false", StringComparison.OrdinalIgnoreCase))
            state = SamplingState.Deny;
        return state != SamplingState.Defer || sampled.IsEmpty;
    }
}
