using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Writes a context in every format asked for.</summary>
internal sealed class ContextWriter(PropagationFormat[] formats)
{
    public bool WritesTraceContext { get; } = formats.Contains(PropagationFormat.TraceContext);

    /// <summary>Whether there are formats that <see cref="WriteOthers"/> writes.</summary>
    public bool WritesOthers { get; } = formats.Any(format => format is PropagationFormat.B3 or PropagationFormat.B3Multi or PropagationFormat.Jaeger);

    /// <summary>Whether there are formats that <see cref="WriteBaggage"/> writes.</summary>
    public bool WritesBaggage { get; } = formats.Any(format => format is PropagationFormat.Baggage or PropagationFormat.Jaeger);

    public static void WriteTraceContext<TSink>(string traceParent, ActivityTraceFlags flags, string? traceState, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        sink.Set(HeaderName.TraceParent.Written, traceParent);
        if (traceState is not null && TraceStateMark.Apply(traceState, PropagatedSpan.SamplingOf(flags, traceState)) is { } state)
            sink.Set(HeaderName.TraceState.Written, state);
    }

    /// <summary>The formats beside W3C's.</summary>
    public void WriteOthers<TSink>(in OutgoingContext context, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        foreach (PropagationFormat format in formats)
        {
            switch (format)
            {
                case PropagationFormat.B3:
                    sink.Set(HeaderName.B3.Written, B3Single.Write(context.TraceId, context.SpanId, context.ParentSpanId, context.Sampling));
                    break;
                case PropagationFormat.B3Multi:
                    WriteB3Multi(context, ref sink);
                    break;
                case PropagationFormat.Jaeger:
                    sink.Set(HeaderName.Jaeger.Written, JaegerTraceId.Write(context.TraceId, context.SpanId, context.ParentSpanId, context.Sampling));
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

    private static void WriteB3Multi<TSink>(in OutgoingContext context, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        bool isShort = context.TraceId.StartsWith(Hex.ZeroHigh, StringComparison.Ordinal);
        sink.Set(HeaderName.B3TraceId.Written, isShort ? context.TraceId[Hex.ZeroHigh.Length..] : context.TraceId);
        sink.Set(HeaderName.B3SpanId.Written, context.SpanId);
        if (context.ParentSpanId is { } parent)
            sink.Set(HeaderName.B3ParentSpanId.Written, parent);
        if (context.Sampling == SamplingState.Debug)
            sink.Set(HeaderName.B3Flags.Written, "1");
        else if (context.Sampling != SamplingState.Defer)
            sink.Set(HeaderName.B3Sampled.Written, context.Sampling == SamplingState.Accept ? "1" : "0");
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
