using Clew.Formats.Otlp;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Writes api_v2's <c>Span</c> as field 1 of the message around it.</summary>
internal sealed class JaegerProtobufSpanWriter(ProtobufWriter writer)
{
    private readonly JaegerSpanTags tags = new();
    private readonly JaegerReferences references = new();
    private readonly JaegerLogFields logFields = new();
    private readonly JaegerWarnings warnings = new();
    private readonly JaegerProcessCache processes = new();

    public void Write(Span span)
    {
        int start = writer.BeginMessage(JaegerProtobufTags.Batch.Spans);
        writer.WriteId(JaegerProtobufTags.Span.TraceId, span.TraceId);
        writer.WriteId(JaegerProtobufTags.Span.SpanId, span.SpanId);
        writer.WriteText(JaegerProtobufTags.Span.OperationName, span.Name);
        foreach (JaegerReference reference in references.Collect(span))
            WriteReference(reference);
        writer.WriteCount(JaegerProtobufTags.Span.Flags, (uint)JaegerFlags.Of(span));
        writer.WriteTimestamp(JaegerProtobufTags.Span.StartTime, span.StartNs);
        writer.WriteDuration(JaegerProtobufTags.Span.Duration, span.DurationNs);
        foreach (KeyValue tag in tags.Collect(span))
            WriteKeyValue(JaegerProtobufTags.Span.Tags, tag);
        foreach (SpanEvent item in span.Events.AsSpan())
            WriteLog(item);
        WriteProcess(processes.Of(span));
        foreach (string warning in warnings.Collect(span))
            writer.WriteString(JaegerProtobufTags.Span.Warnings, warning);
        writer.EndMessage(start);
    }

    private void WriteReference(JaegerReference reference)
    {
        int start = writer.BeginMessage(JaegerProtobufTags.Span.References);
        writer.WriteId(JaegerProtobufTags.Reference.TraceId, reference.TraceId);
        writer.WriteId(JaegerProtobufTags.Reference.SpanId, reference.SpanId);
        writer.WriteCount(JaegerProtobufTags.Reference.Type, reference.FollowsFrom ? (uint)JaegerMapping.RefType.FollowsFrom : (uint)JaegerMapping.RefType.ChildOf);
        writer.EndMessage(start);
    }

    private void WriteLog(SpanEvent item)
    {
        int start = writer.BeginMessage(JaegerProtobufTags.Span.Logs);
        writer.WriteTimestamp(JaegerProtobufTags.Log.Timestamp, item.TimeNs);
        foreach (KeyValue field in logFields.Collect(item))
            WriteKeyValue(JaegerProtobufTags.Log.Fields, field);
        writer.EndMessage(start);
    }

    private void WriteProcess(JaegerProcess process)
    {
        int start = writer.BeginMessage(JaegerProtobufTags.Span.Process);
        writer.WriteText(JaegerProtobufTags.Process.ServiceName, process.ServiceName);
        foreach (KeyValue tag in process.Tags)
            WriteKeyValue(JaegerProtobufTags.Process.Tags, tag);
        writer.EndMessage(start);
    }

    private void WriteKeyValue(uint tag, KeyValue item)
    {
        AttributeValue value = item.Value;
        int start = writer.BeginMessage(tag);
        writer.WriteText(JaegerProtobufTags.KeyValue.Key, item.Key);
        switch (value.Type)
        {
            case AttributeType.Bool:
                WriteType(JaegerProtobufTags.ValueType.Bool);
                writer.WriteVarint(JaegerProtobufTags.KeyValue.Bool, value.AsBool() ? 1UL : 0UL);
                break;
            case AttributeType.Int64:
                WriteType(JaegerProtobufTags.ValueType.Int64);
                writer.WriteVarint(JaegerProtobufTags.KeyValue.Int64, (ulong)value.AsInt64());
                break;
            case AttributeType.Double:
                WriteType(JaegerProtobufTags.ValueType.Float64);
                writer.WriteFixed64(JaegerProtobufTags.KeyValue.Float64, BitConverter.DoubleToUInt64Bits(value.AsDouble()));
                break;
            case AttributeType.Bytes:
                WriteType(JaegerProtobufTags.ValueType.Binary);
                writer.WriteBytes(JaegerProtobufTags.KeyValue.Binary, value.AsBytes().Span);
                break;
            default:
                // Arrays and lists as JSON text; an empty value as empty text: Jaeger has no other type for them.
                writer.WriteText(JaegerProtobufTags.KeyValue.String, value.ToString());
                break;
        }
        writer.EndMessage(start);
    }

    private void WriteType(JaegerProtobufTags.ValueType type) => writer.WriteVarint(JaegerProtobufTags.KeyValue.Type, (ulong)type);
}
