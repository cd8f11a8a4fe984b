namespace Clew.Tracing.Propagation;

/// <summary>The header <c>uber-trace-id</c>: <c>traceid:spanid:parentid:flags</c> (Jaeger client libraries, "Propagation Format").</summary>
public static class JaegerTraceId
{
    private const int SampledFlag = 1;
    private const int DebugFlag = 2;

    /// <summary>
    /// Whether <paramref name="text"/> is a valid header. Identifiers may be written without their leading zeros; colons may be URL-encoded, as some clients
    /// send them; the parent, which receivers ignore, may be missing.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PropagatedSpan span)
    {
        span = default;
        if (!TryTake(ref text, out ReadOnlySpan<char> trace) || !TryTake(ref text, out ReadOnlySpan<char> id) || !TryTake(ref text, out ReadOnlySpan<char> parentText))
            return false;
        ulong parent = 0;
        if (!Hex.TryParse(trace, out ulong high, out ulong low) || !Hex.TryParse(id, out ulong spanId) || (!parentText.IsEmpty && !Hex.TryParse(parentText, out parent)))
            return false;
        if (text.Length > 2 || !Hex.TryParse(text, out ulong flags))
            return false;
        SamplingState state = (flags & DebugFlag) != 0 ? SamplingState.Debug : (flags & SampledFlag) != 0 ? SamplingState.Accept : SamplingState.Deny;
        var parsed = new PropagatedSpan(high, low, spanId, state) { ParentSpanId = parent };
        if (!parsed.HasIds)
            return false;
        span = parsed;
        return true;
    }

    /// <summary>The header for <paramref name="span"/>. Debug implies sampled; "defer", for which there is no flag, is written as not sampled.</summary>
    public static string Write(in PropagatedSpan span) => Write(OutgoingContext.From(span));

    // No parent is one zero, as Jaeger's clients write it.
    internal static string Write(in OutgoingContext context) => SixParts.Join(
        context.TraceIdOfOwnWidth, ":", context.SpanId, ":", context.ParentSpanId ?? "0", context.Sampling switch { SamplingState.Debug => ":3", SamplingState.Accept => ":1", _ => ":0" });

    private static bool TryTake(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> field)
    {
        int end = text.IndexOfAny(':', '%');
        field = end < 0 ? default : text[..end];
        if (end < 0)
            return false;
        bool encoded = text[end] == '%';
        if (encoded && !text[end..].StartsWith("%3a", StringComparison.OrdinalIgnoreCase))
            return false;
        text = text[(end + (encoded ? 3 : 1))..];
        return true;
    }
}
