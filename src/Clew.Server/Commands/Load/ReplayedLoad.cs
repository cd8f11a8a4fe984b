using Clew.Formats.Otlp;
using Clew.Server.Api;
using Clew.Server.Commands.Load.Traffic;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary>
/// Bodies encoded beforehand, sent in turn, so that making them costs almost nothing. Where they can be rewritten
/// (<see cref="LoadOptions.CanRewrite"/>), each sending is of new traces that end now; otherwise the same traces come again.
/// </summary>
internal sealed class ReplayedLoad : ILoadSource
{
    private readonly LoadOptions options;
    private readonly TimeProvider time;
    private readonly List<Body> bodies = [];
    private readonly long preparedNs;
    private readonly int frameBytes;
    private long sequence = -1;
    private long sent;

    public ReplayedLoad(LoadOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        preparedNs = UnixTime.Now(time);
        frameBytes = options.Protocol.Kind == SpanProtocolKind.OtlpGrpc ? GrpcSpanSender.FrameBytes : 0;
        var source = new GeneratedLoad(options with { SpansMax = null }, time);
        var buffer = new LoadBuffer();
        for (int i = 0; i < options.Bodies; i++)
        {
            foreach (LoadRequest request in source.Next(buffer)!)
                bodies.Add(new Body(request, options.CanRewrite ? new OtlpReplayBody(request.Body[frameBytes..].ToArray()) : null));
        }
    }

    public IReadOnlyList<LoadRequest>? Next(LoadBuffer buffer)
    {
        if (Interlocked.Read(ref sent) >= options.SpansMax)
            return null;
        long number = Interlocked.Increment(ref sequence);
        long round = number / bodies.Count;
        Body body = bodies[(int)(number % bodies.Count)];
        Interlocked.Add(ref sent, body.Request.SpanCount);
        if (body.Rewritten is not { } rewritten)
            return [round == 0 ? body.Request : body.Request with { Traces = [] }];

        // A mask of its own for each round: bodies of one round differ already.
        ulong mask = round == 0 ? 0 : TrafficRandom.Mix(options.Seed + (ulong)round);
        Memory<byte> memory = buffer.OfLength(frameBytes + rewritten.Length);
        if (frameBytes > 0)
            GrpcSpanSender.WriteFrame(memory.Span, rewritten.Length, isCompressed: false);
        rewritten.Rewrite(memory.Span[frameBytes..], mask, UnixTime.Now(time) - preparedNs);
        return [body.Request with { Body = memory, IdMask = mask }];
    }

    private sealed record Body(LoadRequest Request, OtlpReplayBody? Rewritten);
}
