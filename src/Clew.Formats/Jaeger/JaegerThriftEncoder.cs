using System.Buffers;
using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Writes spans of one process as Jaeger's clients send them (jaeger-idl, <c>jaeger.thrift</c> and <c>agent.thrift</c>). Times are cut to
/// microseconds. What Jaeger has no field for leaves as the tags <see cref="JaegerThriftDecoder"/> knows; arrays and lists leave as text;
/// attributes of the scope and of links, trace state of links and dropped counts stay behind.
/// </summary>
public static class JaegerThriftEncoder
{
    /// <param name="output">Where the payload goes.</param>
    /// <param name="format">One of the three Thrift formats: a bare batch, or a call of <c>emitBatch</c>.</param>
    /// <param name="process">What the process of the batch is made of; the spans' own resources are not looked at.</param>
    /// <param name="spans">The spans, in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is not Thrift.</exception>
    public static void Write(IBufferWriter<byte> output, BatchFormat format, Resource process, ReadOnlySpan<Span> spans)
    {
        ThriftWriter writer = format switch
        {
            BatchFormat.JaegerThriftBinaryBatch or BatchFormat.JaegerThriftBinaryMessage => new ThriftBinaryWriter(output),
            BatchFormat.JaegerThriftCompactMessage => new ThriftCompactWriter(output),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a Thrift format of Jaeger's."),
        };
        if (format == BatchFormat.JaegerThriftBinaryBatch)
        {
            WriteBatch(writer, process, spans);
            return;
        }
        writer.OnewayMessage("emitBatch");
        short outer = writer.BeginStruct();
        writer.Field(1, ThriftType.Struct);
        WriteBatch(writer, process, spans);
        writer.EndStruct(outer);
    }

    private static void WriteBatch(ThriftWriter writer, Resource process, ReadOnlySpan<Span> spans)
    {
        short outer = writer.BeginStruct();
        writer.Field(1, ThriftType.Struct);
        WriteProcess(writer, process);
        writer.Field(2, ThriftType.List);
        writer.ListHeader(ThriftType.Struct, spans.Length);
        var spanWriter = new JaegerSpanThriftWriter(writer);
        foreach (Span span in spans)
            spanWriter.Write(span);
        writer.EndStruct(outer);
    }

    private static void WriteProcess(ThriftWriter writer, Resource process)
    {
        var source = new JaegerProcess(process);
        short outer = writer.BeginStruct();
        writer.Field(1, ThriftType.Binary);
        writer.Text(source.ServiceName);
        writer.Field(2, ThriftType.List);
        writer.ListHeader(ThriftType.Struct, source.Tags.Length);
        foreach (KeyValue tag in source.Tags)
            writer.WriteTag(tag);
        writer.EndStruct(outer);
    }
}
