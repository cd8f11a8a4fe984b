using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Propagation;

/// <summary>The composite as OpenTelemetry's instrumentation uses it. What a context already has is not replaced.</summary>
internal sealed class OpenTelemetryPropagator(ContextReader reader, ContextWriter writer, IEnumerable<string> fields) : TextMapPropagator
{
    private readonly HashSet<string> fields = [.. fields];

    public override ISet<string> Fields => fields;

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        if (carrier is null || getter is null)
            return context;
        var headers = new TextMapHeaders<T>(carrier, getter);
        if (!context.ActivityContext.IsValid() && reader.TryRead(ref headers, out PropagatedSpan span, out string? traceState, out _) && span.HasIds)
            context = new PropagationContext(span.ToActivityContext(traceState), context.Baggage);
        if (context.Baggage.Count == 0 && reader.ReadBaggage(ref headers) is { } items)
            context = new PropagationContext(context.ActivityContext, Baggage.Create(items.ToDictionary(item => item.Key, item => item.Value ?? "")));
        return context;
    }

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        if (carrier is null || setter is null)
            return;
        ActivityContext span = context.ActivityContext;
        var sink = new TextMapHeaderSink<T>(carrier, setter);
        if (span.IsValid())
        {
            if (writer.WritesTraceContext)
            {
                setter(carrier, HeaderName.TraceParent.Written, W3CTraceParent.Write(span));
                if (span.TraceState is { } traceState && ContextWriter.TraceState(span.TraceFlags, traceState) is { } state)
                    setter(carrier, HeaderName.TraceState.Written, state);
            }
            if (writer.WritesOthers)
                writer.WriteOthers(OutgoingContext.From(span, parent: default, span.TraceState), ref sink);
        }
        if (writer.WritesBaggage && context.Baggage.Count > 0)
            writer.WriteBaggage(context.Baggage.GetBaggage()!, ref sink);
    }
}
