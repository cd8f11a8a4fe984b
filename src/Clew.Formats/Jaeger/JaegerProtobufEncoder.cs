using System.Buffers;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Writes spans in api_v2's protobuf (jaeger-idl, <c>model.proto</c>), with the same tags, references, logs and warnings as
/// <see cref="JaegerJsonEncoder"/> but times to the nanosecond. Each span carries its process. Not for several threads at once; one
/// encoder serves all spans of an answer, so that equal processes are worked out once.
/// </summary>
public sealed class JaegerProtobufEncoder : IDisposable
{
    private readonly ProtobufWriter writer = new();
    private readonly JaegerProtobufSpanWriter spans;

    public JaegerProtobufEncoder() => spans = new JaegerProtobufSpanWriter(writer);

    /// <summary>Writes a message whose field 1 is the spans: a <c>SpansResponseChunk</c>, or a <c>Batch</c> without a process.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<Span> chunk)
    {
        foreach (Span span in chunk)
        {
            writer.Clear();
            spans.Write(span);
            output.Write(writer.Written);
        }
    }

    public void Dispose() => writer.Dispose();
}
