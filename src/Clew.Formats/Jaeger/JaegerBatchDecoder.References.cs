using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerBatchDecoder<TReader>
{
    /// <summary>Adds all references as links; <see cref="JaegerMapping.ResolveParent"/> sorts out which of them is the parent.</summary>
    private void ReadReferences()
    {
        for (int left = reader.ReadStructList("Span.references"); left > 0; left--)
            ReadReference(ref batch.Links.Add());
    }

    private void ReadReference(ref LinkRow link)
    {
        ulong traceIdLow = 0;
        ulong traceIdHigh = 0;
        var type = JaegerMapping.RefType.ChildOf;
        short outer = reader.BeginStruct();
        while (reader.NextField("SpanRef", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    type = (JaegerMapping.RefType)ReadInt32(field, "SpanRef.refType");
                    break;
                case 2:
                    traceIdLow = (ulong)ReadInt64(field, "SpanRef.traceIdLow");
                    break;
                case 3:
                    traceIdHigh = (ulong)ReadInt64(field, "SpanRef.traceIdHigh");
                    break;
                case 4:
                    link.SpanId = new SpanId((ulong)ReadInt64(field, "SpanRef.spanId"));
                    break;
                default:
                    Skip(field, "SpanRef");
                    break;
            }
        }
        reader.EndStruct(outer);
        if (type is not (JaegerMapping.RefType.ChildOf or JaegerMapping.RefType.FollowsFrom))
            ThriftErrors.UnknownEnum("SpanRef.refType", (int)type, reader.Position);
        link.TraceId = new TraceId(traceIdHigh, traceIdLow);
        link.Attributes = mapping.TypeOf(type);
    }
}
