using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Writes a context in every format asked for. Each format is written once however often it is named.</summary>
internal sealed class ContextWriter(PropagationFormat[] formats)
{
    private readonly PropagationFormat[] others = [.. formats.Where(static format => format is PropagationFormat.B3 or PropagationFormat.B3Multi or PropagationFormat.Jaeger).Distinct()];
    private readonly PropagationFormat[] ofBaggage = [.. formats.Where(static format => format is PropagationFormat.Baggage or PropagationFormat.Jaeger).Distinct()];

    public bool WritesTraceContext { get; } = formats.Contains(PropagationFormat.TraceContext);

    /// <summary>Whether there are formats that <see cref="WriteOthers"/> writes.</summary>
    public bool WritesOthers => others.Length > 0;

    /// <summary>Whether there are formats that <see cref="Baggage"/> writes.</summary>
    public bool WritesBaggage => ofBaggage.Length > 0;

    /// <summary>The header <c>tracestate</c> of a context whose list is not null; null where it is not to be written.</summary>
    public static string? TraceState(ActivityTraceFlags flags, string traceState) => TraceStateMark.Apply(traceState, PropagatedSpan.SamplingOf(flags, traceState));

    /// <summary>The formats beside W3C's.</summary>
    public void WriteOthers(in OutgoingContext context, ref OutgoingHeaders headers)
    {
        foreach (PropagationFormat format in others)
        {
            if (format == PropagationFormat.B3)
                headers.Add(HeaderName.B3.Written, B3Single.Write(context));
            else if (format == PropagationFormat.Jaeger)
                headers.Add(HeaderName.Jaeger.Written, JaegerTraceId.Write(context));
            else
                WriteB3Multi(context, ref headers);
        }
    }

    /// <summary>The headers for baggage, as many as it needs.</summary>
    public IEnumerable<KeyValuePair<string, string>> Baggage(IEnumerable<KeyValuePair<string, string?>> items) =>
        ofBaggage.SelectMany(format => format == PropagationFormat.Jaeger ? JaegerHeaders(items) : W3CBaggage.Write(items) is { } header ? [new(HeaderName.Baggage.Written, header)] : []);

    private static void WriteB3Multi(in OutgoingContext context, ref OutgoingHeaders headers)
    {
        headers.Add(HeaderName.B3TraceId.Written, context.TraceIdOfOwnWidth);
        headers.Add(HeaderName.B3SpanId.Written, context.SpanId);
        if (context.ParentSpanId is { } parent)
            headers.Add(HeaderName.B3ParentSpanId.Written, parent);
        if (context.Sampling == SamplingState.Debug)
            headers.Add(HeaderName.B3Flags.Written, "1");
        else if (context.Sampling != SamplingState.Defer)
            headers.Add(HeaderName.B3Sampled.Written, context.Sampling == SamplingState.Accept ? "1" : "0");
    }

    private static IEnumerable<KeyValuePair<string, string>> JaegerHeaders(IEnumerable<KeyValuePair<string, string?>> items)
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
            yield return new(JaegerBaggage.Prefix + key, encoded);
        }
    }
}
