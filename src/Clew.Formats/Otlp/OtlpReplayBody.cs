using System.Buffers.Binary;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>
/// An encoded <c>ExportTraceServiceRequest</c> that can be sent again as other traces of another time: where its ids and times stand is
/// found once, so that a new copy costs a copy of the bytes and a few stores per span.
/// </summary>
public sealed class OtlpReplayBody
{
    private const int DepthMax = 64;
    private const int IdBytes = sizeof(ulong);

    private readonly byte[] original;

    // Eight bytes each that identify a trace or a span: span ids, and the low halves of trace ids.
    private readonly List<int> idOffsets = [];
    private readonly List<int> timeOffsets = [];

    /// <param name="request">The body; it is kept and must not change.</param>
    /// <exception cref="SpanFormatException">Not well-formed.</exception>
    public OtlpReplayBody(byte[] request)
    {
        original = request;
        var reader = new ProtobufReader(request, DepthMax);
        Visit(ref reader, Messages.Request);
    }

    public int Length => original.Length;

    /// <summary>
    /// Writes a copy. All ids are combined with the same mask by exclusive or, so parents and links stay what they were, and what was one
    /// trace stays one.
    /// </summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="idMask">Another mask gives other traces; 0 leaves the ids.</param>
    /// <param name="shiftNs">Added to every time that is not 0.</param>
    public void Rewrite(Span<byte> destination, ulong idMask, long shiftNs)
    {
        original.CopyTo(destination);
        foreach (int offset in idOffsets)
        {
            Span<byte> id = destination.Slice(offset, IdBytes);
            BinaryPrimitives.WriteUInt64BigEndian(id, MaskedId(BinaryPrimitives.ReadUInt64BigEndian(id), idMask));
        }
        foreach (int offset in timeOffsets)
        {
            Span<byte> time = destination.Slice(offset, sizeof(long));
            BinaryPrimitives.WriteInt64LittleEndian(time, BinaryPrimitives.ReadInt64LittleEndian(time) + shiftNs);
        }
    }

    /// <summary>What <see cref="Rewrite"/> makes of a trace id.</summary>
    public static TraceId Masked(TraceId id, ulong idMask) => new(id.High, MaskedId(id.Low, idMask));

    private static ulong MaskedId(ulong id, ulong mask) => id ^ mask;

    private void Visit(ref ProtobufReader reader, ProtobufMessage message)
    {
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            if (Inner(message, tag) is { } inner)
            {
                int outerEnd = reader.Enter(message);
                Visit(ref reader, inner);
                reader.Leave(outerEnd);
            }
            else if (IsId(message, tag))
            {
                Utf8Slice id = reader.ReadSlice(message);
                if (id.Length >= IdBytes)
                    idOffsets.Add(id.Offset + id.Length - IdBytes);
            }
            else if (IsTime(message, tag))
            {
                int offset = reader.Position;
                if (reader.ReadFixed64(message) != 0)
                    timeOffsets.Add(offset);
            }
            else
            {
                reader.SkipUnknown(message);
            }
        }
    }

    private static ProtobufMessage? Inner(ProtobufMessage message, uint tag) =>
        message == Messages.Request && tag == OtlpTags.Request.ResourceSpans ? Messages.ResourceSpans
        : message == Messages.ResourceSpans && tag == OtlpTags.ResourceSpans.ScopeSpans ? Messages.ScopeSpans
        : message == Messages.ScopeSpans && tag == OtlpTags.ScopeSpans.Spans ? Messages.Span
        : message == Messages.Span && tag == OtlpTags.Span.Events ? Messages.Event
        : message == Messages.Span && tag == OtlpTags.Span.Links ? Messages.Link
        : null;

    private static bool IsId(ProtobufMessage message, uint tag) =>
        message == Messages.Span ? tag is OtlpTags.Span.TraceId or OtlpTags.Span.SpanId or OtlpTags.Span.ParentSpanId
        : message == Messages.Link && (tag is OtlpTags.Link.TraceId or OtlpTags.Link.SpanId);

    private static bool IsTime(ProtobufMessage message, uint tag) =>
        message == Messages.Span ? tag is OtlpTags.Span.StartTimeUnixNano or OtlpTags.Span.EndTimeUnixNano
        : message == Messages.Event && tag == OtlpTags.Event.TimeUnixNano;

    // They name no fields: whatever is not looked for is stepped over.
    private static class Messages
    {
        public static readonly ProtobufMessage Request = new("ExportTraceServiceRequest");
        public static readonly ProtobufMessage ResourceSpans = new("ResourceSpans");
        public static readonly ProtobufMessage ScopeSpans = new("ScopeSpans");
        public static readonly ProtobufMessage Span = new("Span");
        public static readonly ProtobufMessage Event = new("Event");
        public static readonly ProtobufMessage Link = new("Link");
    }
}
