using Clew.Model;

namespace Clew.Server.Commands.Load;

/// <summary>How many spans of a trace a request carries.</summary>
internal readonly record struct TraceCount(TraceId Id, int Spans)
{
    public static TraceCount[] Of(IEnumerable<Span> spans) =>
        [.. spans.GroupBy(static span => span.TraceId).Select(static trace => new TraceCount(trace.Key, trace.Count()))];
}

/// <summary>A request that is ready to be sent.</summary>
/// <param name="Body">Valid until its connection asks for the next one.</param>
/// <param name="SpanCount">Spans in it.</param>
/// <param name="Traces">What to note once it is acknowledged; empty when it is a repetition of an earlier one.</param>
/// <param name="IdMask">What the ids in <paramref name="Traces"/> were combined with.</param>
internal sealed record LoadRequest(ReadOnlyMemory<byte> Body, int SpanCount, TraceCount[] Traces, ulong IdMask = 0);
