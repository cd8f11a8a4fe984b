using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Jaeger's span flags and how they stand in the model: sampled is a W3C trace flag, the others are traits.</summary>
internal static class JaegerFlags
{
    private const int Sampled = 1;
    private const int Debug = 2;
    private const int Firehose = 8;

    public static int Of(Span span) =>
        (int)(span.Flags & Sampled)
        | (span.Traits.HasFlag(SpanTraits.Debug) ? Debug : 0)
        | (span.Traits.HasFlag(SpanTraits.Firehose) ? Firehose : 0);

    public static uint TraceFlags(int flags) => (uint)flags & Sampled;

    public static SpanTraits Traits(int flags) =>
        ((flags & Debug) != 0 ? SpanTraits.Debug : SpanTraits.None)
        | ((flags & Firehose) != 0 ? SpanTraits.Firehose : SpanTraits.None);
}
