namespace Clew.Tracing.Propagation;

/// <summary>Writes a context in every format asked for.</summary>
internal sealed class ContextWriter(PropagationFormat[] formats)
{
    public void Write<TSink>(in PropagatedSpan span, string? traceState, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        if (!span.HasIds)
            return;
        foreach (PropagationFormat format in formats)
        {
            switch (format)
            {
                case PropagationFormat.TraceContext:
                    sink.Set(HeaderName.TraceParent.Written, W3CTraceParent.Write(span));
                    if (TraceStateMark.Apply(traceState, span.Sampling) is { } state)
                        sink.Set(HeaderName.TraceState.Written, state);
                    break;
                case PropagationFormat.B3:
                    sink.Set(HeaderName.B3.Written, B3Single.Write(span));
                    break;
                case PropagationFormat.B3Multi:
                    WriteB3Multi(span, ref sink);
                    break;
                case PropagationFormat.Jaeger:
                    sink.Set(HeaderName.Jaeger.Written, JaegerTraceId.Write(span));
                    break;
            }
        }
    }

    public void WriteBaggage<TSink>(IEnumerable<KeyValuePair<string, string?>> items, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        foreach (PropagationFormat format in formats)
        {
            if (format == PropagationFormat.Baggage && W3CBaggage.Write(items) is { } header)
                sink.Set(HeaderName.Baggage.Written, header);
            else if (format == PropagationFormat.Jaeger)
                WriteJaegerBaggage(items, ref sink);
        }
    }

    private static void WriteB3Multi<TSink>(in PropagatedSpan span, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        sink.Set(HeaderName.B3TraceId.Written, Hex.TraceId(span));
        sink.Set(HeaderName.B3SpanId.Written, $"{span.SpanId:x16}");
        if (span.ParentSpanId != 0)
            sink.Set(HeaderName.B3ParentSpanId.Written, $"{span.ParentSpanId:x16}");
        if (span.Sampling == SamplingState.Debug)
            sink.Set(HeaderName.B3Flags.Written, "1");
        else if (span.Sampling != SamplingState.Defer)
            sink.Set(HeaderName.B3Sampled.Written, span.IsRecorded ? "1" : "0");
    }

    private static void WriteJaegerBaggage<TSink>(IEnumerable<KeyValuePair<string, string?>> items, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        int length = 0, count = 0;
        foreach ((string key, string? value) in items)
        {
            string encoded = JaegerBaggage.EncodeValue(value ?? "");
            if (!HeaderToken.IsValid(key) || length + key.Length + encoded.Length > BaggageList.MaxLength)
                continue;
            if (count++ == BaggageList.MaxMembers)
                break;
            length += key.Length + encoded.Length;
            sink.Set(JaegerBaggage.Prefix + key, encoded);
        }
    }
}
