using Clew.Model;
using Clew.Server.Api;
using Clew.Server.Commands.Load.Traffic;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary>New traces for every request: made one after the other from one generator, encoded by the connection that sends them.</summary>
internal sealed class GeneratedLoad(LoadOptions options, TimeProvider time) : ILoadSource
{
    private readonly Lock sync = new();
    private readonly TraceGenerator generator = new(options.Services, options.Seed);
    private long generated;

    public IReadOnlyList<LoadRequest>? Next(LoadBuffer buffer)
    {
        if (NextSpans() is not { } spans)
            return null;
        return [.. SpanEncoder.Encode(options.Protocol, spans, options.IsGzip)
            .Select(static encoded => new LoadRequest(encoded.Body, encoded.Spans.Count, TraceCount.Of(encoded.Spans)))];
    }

    private List<Span>? NextSpans()
    {
        lock (sync)
        {
            if (generated >= options.SpansMax)
                return null;
            var spans = new List<Span>(options.BatchSpans);
            while (spans.Count < options.BatchSpans && !(generated >= options.SpansMax))
            {
                Span[] trace = generator.Next(UnixTime.Now(time));
                generated += trace.Length;
                spans.AddRange(trace);
            }
            return spans;
        }
    }
}
