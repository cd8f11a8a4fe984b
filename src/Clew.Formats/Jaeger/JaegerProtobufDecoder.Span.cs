using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerProtobufDecoder
{
    private void ReadSpan(ref SpanRow row)
    {
        int attributesStart = batch.SpanAttributes.Count;
        int eventsStart = batch.Events.Count;
        int linksStart = batch.Links.Count;
        int warnings = builder.BeginElements();
        int warningCount = 0;
        row.Resource = batchResource;
        var tags = default(JaegerMapping.SpecialTags);
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Span)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.Span.TraceId:
                    row.TraceId = ReadTraceId(JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.SpanId:
                    row.SpanId = ReadSpanId(JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.OperationName:
                    row.Name = reader.ReadSlice(JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.References:
                    ReadReference(ref batch.Links.Add());
                    break;
                case JaegerProtobufTags.Span.Flags:
                    int flags = (int)reader.ReadUInt32(JaegerMessages.Span);
                    row.Flags = JaegerFlags.TraceFlags(flags);
                    row.Traits = JaegerFlags.Traits(flags);
                    break;
                case JaegerProtobufTags.Span.StartTime:
                    row.StartNs = ProtobufTime.ReadNs(ref reader, JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.Duration:
                    row.DurationNs = ProtobufTime.ReadNs(ref reader, JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.Tags:
                    mapping.AddSpanTag(ref row, ref tags, ReadKeyValue(JaegerMessages.Span));
                    break;
                case JaegerProtobufTags.Span.Logs:
                    ReadLog(ref batch.Events.Add());
                    break;
                case JaegerProtobufTags.Span.Process:
                    row.Resource = ReadSpanProcess();
                    break;
                case JaegerProtobufTags.Span.ProcessId:
                    // Refers to the process map of a Trace, which requests do not have.
                    _ = reader.ReadSlice(JaegerMessages.Span);
                    break;
                case JaegerProtobufTags.Span.Warnings:
                    builder.AddElement(AttributeRow.String(default, reader.ReadSlice(JaegerMessages.Span)));
                    warningCount++;
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Span);
                    break;
            }
        }
        mapping.Apply(tags, ref row);
        if (warningCount > 0)
            AddWarnings(builder.EndElements(warnings));
        mapping.ResolveParent(ref row, linksStart);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        row.Links = new RowRange(linksStart, batch.Links.Count - linksStart);
    }

    private void AddWarnings(RowRange texts)
    {
        if (warningsKey.IsEmpty)
            warningsKey = builder.AddText("@jaeger@warnings"u8);
        batch.SpanAttributes.Add(AttributeRow.Array(warningsKey, texts));
    }

    private void ReadReference(ref LinkRow link)
    {
        int outerEnd = reader.Enter(JaegerMessages.Span);
        var type = JaegerMapping.RefType.ChildOf;
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Reference)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.Reference.TraceId:
                    link.TraceId = ReadTraceId(JaegerMessages.Reference);
                    break;
                case JaegerProtobufTags.Reference.SpanId:
                    link.SpanId = ReadSpanId(JaegerMessages.Reference);
                    break;
                case JaegerProtobufTags.Reference.Type:
                    type = (JaegerMapping.RefType)reader.ReadVarint(JaegerMessages.Reference);
                    if (type is not (JaegerMapping.RefType.ChildOf or JaegerMapping.RefType.FollowsFrom))
                        reader.ThrowInvalid(JaegerMessages.Reference, $"the unknown value {(int)type}");
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Reference);
                    break;
            }
        }
        reader.Leave(outerEnd);
        link.Attributes = mapping.TypeOf(type);
    }

    private void ReadLog(ref EventRow row)
    {
        int outerEnd = reader.Enter(JaegerMessages.Span);
        int start = batch.OtherAttributes.Count;
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Log)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.Log.Timestamp:
                    row.TimeNs = ProtobufTime.ReadNs(ref reader, JaegerMessages.Log);
                    break;
                case JaegerProtobufTags.Log.Fields:
                    batch.OtherAttributes.Add(ReadKeyValue(JaegerMessages.Log));
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Log);
                    break;
            }
        }
        reader.Leave(outerEnd);
        mapping.NameByField(ref row, start);
        row.Attributes = new RowRange(start, batch.OtherAttributes.Count - start);
    }
}
