using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Writes the Span structs of one batch.</summary>
internal sealed class JaegerSpanThriftWriter(ThriftWriter writer)
{
    private const long NsPerUs = 1000;

    private readonly JaegerSpanTags tags = new();

    public void Write(Span span)
    {
        short outer = writer.BeginStruct();
        Int64Field(1, (long)span.TraceId.Low);
        Int64Field(2, (long)span.TraceId.High);
        Int64Field(3, (long)span.SpanId.Value);
        Int64Field(4, (long)span.ParentSpanId.Value);
        writer.Field(5, ThriftType.Binary);
        writer.Text(span.Name);
        WriteReferences(span);
        writer.Field(7, ThriftType.I32);
        writer.Int32(JaegerFlags.Of(span));
        Int64Field(8, span.StartNs / NsPerUs);
        Int64Field(9, span.DurationNs / NsPerUs);
        WriteTags(10, tags.Collect(span));
        writer.Field(11, ThriftType.List);
        writer.ListHeader(ThriftType.Struct, span.Events.Count);
        foreach (SpanEvent item in span.Events.AsSpan())
            WriteLog(item);
        writer.EndStruct(outer);
    }

    // The parent has its field; links are the other references.
    private void WriteReferences(Span span)
    {
        if (span.Links.Count == 0)
            return;
        writer.Field(6, ThriftType.List);
        writer.ListHeader(ThriftType.Struct, span.Links.Count);
        foreach (SpanLink link in span.Links.AsSpan())
        {
            short outer = writer.BeginStruct();
            writer.Field(1, ThriftType.I32);
            writer.Int32(link.Attributes.TextOf(AttributeKeys.OpenTracingRefType) == JaegerKeys.ChildOf ? 0 : 1);
            Int64Field(2, (long)link.TraceId.Low);
            Int64Field(3, (long)link.TraceId.High);
            Int64Field(4, (long)link.SpanId.Value);
            writer.EndStruct(outer);
        }
    }

    private void WriteLog(SpanEvent item)
    {
        List<KeyValue> fields = [.. item.Attributes];
        // Attributes that have an `event` of their own came as log fields: it is the name, and stands there already.
        if (item.Name.Length > 0 && !item.Attributes.TryGet(JaegerKeys.Event, out _))
            fields.Insert(0, new KeyValue(JaegerKeys.Event, AttributeValue.From(item.Name)));
        short outer = writer.BeginStruct();
        Int64Field(1, item.TimeNs / NsPerUs);
        WriteTags(2, fields);
        writer.EndStruct(outer);
    }

    private void WriteTags(short id, List<KeyValue> items)
    {
        writer.Field(id, ThriftType.List);
        writer.ListHeader(ThriftType.Struct, items.Count);
        foreach (KeyValue item in items)
            writer.WriteTag(item);
    }

    private void Int64Field(short id, long value)
    {
        writer.Field(id, ThriftType.I64);
        writer.Int64(value);
    }
}
