using System.Buffers;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes spans as an OTLP <c>ExportTraceServiceRequest</c> (same wire form as <c>TracesData</c>).</summary>
public static class OtlpProtobufEncoder
{
    public static void Write(IBufferWriter<byte> output, IEnumerable<Span> spans) => throw new NotImplementedException();
}
