namespace Clew.Tracing.Propagation;

/// <summary>The header <c>b3</c>: <c>traceid-spanid[-state[-parentid]]</c>, or a state alone (B3 propagation, "Single Header").</summary>
public static class B3Single
{
    /// <summary>
    /// Whether <paramref name="text"/> is a valid header. Identifiers are 16 (trace: or 32) digits; the state may be missing before a parent id. A state alone
    /// gives a span without identifiers.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PropagatedSpan span)
    {
        span = default;
        if (text.Length == 1)
            return TryParseAlone(text, out span);
        int traceLength = text.IndexOf('-');
        if (traceLength is not (16 or 32) || !Hex.TryParse(text[..traceLength], out ulong high, out ulong low))
            return false;
        ReadOnlySpan<char> rest = text[(traceLength + 1)..];
        if (rest.Length < 16 || !Hex.TryParse(rest[..16], out ulong spanId))
            return false;
        rest = rest[16..];

        var state = SamplingState.Defer;
        if (rest.Length is 2 or 19 && rest[0] == '-')
        {
            if (!TryParseState(rest.Slice(1, 1), out state))
                return false;
            rest = rest[2..];
        }
        ulong parent = 0;
        if (!rest.IsEmpty && (rest.Length != 17 || rest[0] != '-' || !Hex.TryParse(rest[1..], out parent)))
            return false;
        var parsed = new PropagatedSpan(high, low, spanId, state) { ParentSpanId = parent };
        if (!parsed.HasIds)
            return false;
        span = parsed;
        return true;
    }

    /// <summary>The header for <paramref name="span"/>: a 64-bit trace id stays one, the parent is written where it is known.</summary>
    public static string Write(in PropagatedSpan span)
    {
        if (!span.HasIds)
            return span.Sampling switch { SamplingState.Deny => "0", SamplingState.Accept => "1", SamplingState.Debug => "d", _ => "" };
        return Write(OutgoingContext.From(span));
    }

    internal static string Write(in OutgoingContext context)
    {
        string state = context.Sampling switch { SamplingState.Deny => "-0", SamplingState.Accept => "-1", SamplingState.Debug => "-d", _ => "" };
        return context.ParentSpanId is { } parent
            ? SixParts.Join(context.TraceIdOfOwnWidth, "-", context.SpanId, state, "-", parent)
            : string.Concat(context.TraceIdOfOwnWidth, "-", context.SpanId, state);
    }

    private static bool TryParseAlone(ReadOnlySpan<char> text, out PropagatedSpan span)
    {
        bool valid = TryParseState(text, out SamplingState state);
        span = new(0, 0, 0, state);
        return valid;
    }

    private static bool TryParseState(ReadOnlySpan<char> text, out SamplingState state)
    {
        state = text[0] switch { '0' => SamplingState.Deny, '1' => SamplingState.Accept, 'd' => SamplingState.Debug, _ => SamplingState.Defer };
        return state != SamplingState.Defer;
    }
}
