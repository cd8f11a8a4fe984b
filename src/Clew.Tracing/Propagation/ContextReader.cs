namespace Clew.Tracing.Propagation;

/// <summary>Finds the context among the headers, by the order of formats and the trust in callers.</summary>
internal sealed class ContextReader(PropagationFormat[] formats, IncomingTrust trust)
{
    private readonly bool readsBaggage = formats.Contains(PropagationFormat.Baggage);
    private readonly bool readsJaeger = formats.Contains(PropagationFormat.Jaeger);

    /// <summary>
    /// The first format with identifiers wins; without any, the first decision alone. Nothing is allocated unless a context is found, and a valid traceparent
    /// that can go on as it is stays the string that came.
    /// </summary>
    /// <param name="source">The headers.</param>
    /// <param name="span">What was found, with the decision as far as it is trusted.</param>
    /// <param name="traceState">The caller's tracestate with Clew's mark as the decision needs it.</param>
    /// <param name="traceParent">The header itself where it says exactly what <paramref name="span"/> does.</param>
    public bool TryRead<TSource>(ref TSource source, out PropagatedSpan span, out string? traceState, out string? traceParent)
        where TSource : struct, IHeaderSource
    {
        span = default;
        traceState = traceParent = null;
        if (trust == IncomingTrust.Ignore)
            return false;
        foreach (PropagationFormat format in formats)
        {
            if (!TryRead(format, ref source, out PropagatedSpan found, out string? header))
                continue;
            if (found.HasIds)
            {
                span = found;
                if (header is not null)
                    ReadTraceState(ref source, header, ref span, ref traceState, ref traceParent);
                break;
            }
            if (span.Sampling == SamplingState.Defer)
                span = found;
        }
        if (trust == IncomingTrust.IdsOnly)
        {
            // An unsampled traceparent already says what an undecided one does; only a sampled one is rewritten.
            traceParent = span.IsRecorded ? null : traceParent;
            span = span with { Sampling = SamplingState.Defer };
        }
        if (!span.HasIds && span.Sampling == SamplingState.Defer)
            return false;
        traceState = TraceStateMark.Apply(traceState, span.Sampling);
        return true;
    }

    /// <summary>Null where there is none or callers are not trusted with it.</summary>
    public List<KeyValuePair<string, string?>>? ReadBaggage<TSource>(ref TSource source)
        where TSource : struct, IHeaderSource
    {
        var list = new BaggageList();
        if (trust == IncomingTrust.Ignore)
            return null;
        if (readsBaggage && source.Get(HeaderName.Baggage) is { } header)
            W3CBaggage.Parse(header, ref list);
        if (readsJaeger)
            ReadJaegerBaggage(ref source, ref list);
        return list.Items;
    }

    /// <param name="format">What to look for.</param>
    /// <param name="source">The headers.</param>
    /// <param name="span">What was found.</param>
    /// <param name="traceParent">The header, for <see cref="PropagationFormat.TraceContext"/>: looking it up again would cost as much as reading it.</param>
    private static bool TryRead<TSource>(PropagationFormat format, ref TSource source, out PropagatedSpan span, out string? traceParent)
        where TSource : struct, IHeaderSource
    {
        span = default;
        traceParent = null;
        switch (format)
        {
            case PropagationFormat.TraceContext:
                traceParent = source.Get(HeaderName.TraceParent);
                return W3CTraceParent.TryParse(HeaderSourceExtensions.Single(traceParent), out span);
            case PropagationFormat.B3 or PropagationFormat.B3Multi:
                return B3Single.TryParse(source.Single(HeaderName.B3), out span) || TryReadB3Multi(ref source, out span);
            case PropagationFormat.Jaeger:
                return JaegerTraceId.TryParse(source.Single(HeaderName.Jaeger), out span) || TryReadJaegerDebugId(ref source, out span);
            case PropagationFormat.XRay:
                return XRayTraceHeader.TryParse(source.Single(HeaderName.XRay), out span);
            default:
                return false;
        }
    }

    private static bool TryReadB3Multi<TSource>(ref TSource source, out PropagatedSpan span)
        where TSource : struct, IHeaderSource
    {
        span = default;
        ReadOnlySpan<char> traceId = source.Single(HeaderName.B3TraceId);
        ReadOnlySpan<char> sampled = source.Single(HeaderName.B3Sampled);
        ReadOnlySpan<char> flags = source.Single(HeaderName.B3Flags);
        // Where there is none of them, which is most often, nobody needs to ask for the rest.
        if (traceId.IsEmpty && sampled.IsEmpty && flags.IsEmpty)
            return false;
        // Nor for the parent's id, ever, and what is wrong with it takes nothing from the others.
        return B3Multi.TryParse(traceId, source.Single(HeaderName.B3SpanId), parentSpanId: default, sampled, flags, out span);
    }

    private static bool TryReadJaegerDebugId<TSource>(ref TSource source, out PropagatedSpan span)
        where TSource : struct, IHeaderSource
    {
        bool present = !source.Single(HeaderName.JaegerDebugId).IsEmpty;
        span = new(0, 0, 0, present ? SamplingState.Debug : SamplingState.Defer);
        return present;
    }

    private static void ReadTraceState<TSource>(ref TSource source, string header, ref PropagatedSpan span, ref string? traceState, ref string? traceParent)
        where TSource : struct, IHeaderSource
    {
        if (W3CTraceParent.IsPlain(header))
            traceParent = header;
        traceState = source.Get(HeaderName.TraceState);
        if (traceState is null || !W3CTraceState.IsValid(traceState))
            traceState = null;
        else if (span.IsRecorded && TraceStateMark.Read(traceState) == SamplingState.Debug)
            span = span with { Sampling = SamplingState.Debug };
    }

    private static void ReadJaegerBaggage<TSource>(ref TSource source, ref BaggageList list)
        where TSource : struct, IHeaderSource
    {
        if (source.Get(HeaderName.JaegerBaggage) is { } pairs)
            JaegerBaggage.ParseList(pairs, ref list);
        ReadOnlySpan<char> debugId = source.Single(HeaderName.JaegerDebugId);
        if (!debugId.IsEmpty)
            list.Add(HeaderName.JaegerDebugId.Written, debugId.ToString());
        // Going through all headers is worth it only for a request of a Jaeger client.
        if (JaegerTraceId.TryParse(source.Single(HeaderName.Jaeger), out _))
            PrefixedHeaders.CollectJaegerBaggage(source.Carrier, ref list);
    }
}
