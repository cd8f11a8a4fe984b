using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Writes a context in every format asked for, each once. Which they are is looked up beforehand: going through a list takes 5 ns.</summary>
internal sealed class ContextWriter(PropagationFormat[] formats)
{
    private readonly bool writesB3 = formats.Contains(PropagationFormat.B3);
    private readonly bool writesB3Multi = formats.Contains(PropagationFormat.B3Multi);
    private readonly bool writesJaeger = formats.Contains(PropagationFormat.Jaeger);
    private readonly bool writesW3CBaggage = formats.Contains(PropagationFormat.Baggage);

    public bool WritesTraceContext { get; } = formats.Contains(PropagationFormat.TraceContext);

    /// <summary>Whether there are formats that <see cref="WriteOthers"/> writes.</summary>
    public bool WritesOthers => writesB3 | writesB3Multi | writesJaeger;

    /// <summary>Whether there are formats that <see cref="WriteBaggage"/> writes.</summary>
    public bool WritesBaggage => writesW3CBaggage | writesJaeger;

    /// <summary>The header <c>tracestate</c> of a context whose list is not null; null where it is not to be written.</summary>
    public static string? TraceState(ActivityTraceFlags flags, string traceState) => TraceStateMark.Apply(traceState, PropagatedSpan.SamplingOf(flags, traceState));

    /// <summary>The formats beside W3C's.</summary>
    public void WriteOthers<TSink>(in OutgoingContext context, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        if (writesB3)
            sink.Set(HeaderName.B3.Written, B3Single.Write(context));
        if (writesB3Multi)
            WriteB3Multi(context, ref sink);
        if (writesJaeger)
            sink.Set(HeaderName.Jaeger.Written, JaegerTraceId.Write(context));
    }

    public void WriteBaggage<TSink>(IEnumerable<KeyValuePair<string, string?>> items, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        if (writesW3CBaggage && W3CBaggage.Write(items) is { } header)
            sink.Set(HeaderName.Baggage.Written, header);
        if (writesJaeger)
            WriteJaegerBaggage(items, ref sink);
    }

    private static void WriteB3Multi<TSink>(in OutgoingContext context, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        sink.Set(HeaderName.B3TraceId.Written, context.TraceIdOfOwnWidth);
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
