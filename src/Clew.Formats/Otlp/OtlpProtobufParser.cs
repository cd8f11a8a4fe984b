using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>One pass over a request, from the envelope down to resources and scopes; see the other parts for spans and attributes.</summary>
internal ref partial struct OtlpProtobufParser
{
    private readonly SpanBatchBuilder builder;
    private readonly SpanBatch batch;
    private readonly int depthMax;
    private ProtobufReader reader;

    public OtlpProtobufParser(ReadOnlySpan<byte> payload, SpanBatchBuilder builder)
    {
        this.builder = builder;
        batch = builder.Batch;
        depthMax = builder.Limits.DepthMax;
        reader = new ProtobufReader(payload, depthMax);
    }

    public void ReadRequest()
    {
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Request)) != 0)
        {
            if (tag == OtlpTags.Request.ResourceSpans)
            {
                int outerEnd = reader.Enter(OtlpMessages.Request);
                ReadResourceSpans();
                reader.Leave(outerEnd);
            }
            else
            {
                reader.SkipUnknown(OtlpMessages.Request);
            }
        }
    }

    // The resource may come after the spans that refer to it, so its row is taken first and filled when it comes.
    private void ReadResourceSpans()
    {
        int resource = batch.Resources.Count;
        batch.Resources.Add();
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.ResourceSpans)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.ResourceSpans.Resource:
                    int outerEnd = reader.Enter(OtlpMessages.ResourceSpans);
                    ReadResource(ref batch.Resources[resource]);
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.ResourceSpans.ScopeSpans:
                    outerEnd = reader.Enter(OtlpMessages.ResourceSpans);
                    ReadScopeSpans(resource);
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.ResourceSpans.SchemaUrl:
                    batch.Resources[resource].SchemaUrl = reader.ReadSlice(OtlpMessages.ResourceSpans);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.ResourceSpans);
                    break;
            }
        }
    }

    private void ReadResource(ref ResourceRow row)
    {
        int attributesStart = BeginAttributes(row.Attributes);
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Resource)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Resource.Attributes:
                    batch.OtherAttributes.Add(ReadKeyValue(OtlpMessages.Resource, depth: 0));
                    break;
                case OtlpTags.Resource.DroppedAttributesCount:
                    row.DroppedAttributesCount = reader.ReadUInt32(OtlpMessages.Resource);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Resource);
                    break;
            }
        }
        row.Attributes = EndAttributes(attributesStart);
    }

    private void ReadScopeSpans(int resource)
    {
        int scope = batch.Scopes.Count;
        batch.Scopes.Add();
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.ScopeSpans)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.ScopeSpans.Scope:
                    int outerEnd = reader.Enter(OtlpMessages.ScopeSpans);
                    ReadScope(ref batch.Scopes[scope]);
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.ScopeSpans.Spans:
                    outerEnd = reader.Enter(OtlpMessages.ScopeSpans);
                    ref SpanRow row = ref batch.Spans.Add();
                    row.Resource = resource;
                    row.Scope = scope;
                    ReadSpan(ref row);
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.ScopeSpans.SchemaUrl:
                    batch.Scopes[scope].SchemaUrl = reader.ReadSlice(OtlpMessages.ScopeSpans);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.ScopeSpans);
                    break;
            }
        }
    }

    private void ReadScope(ref ScopeRow row)
    {
        int attributesStart = BeginAttributes(row.Attributes);
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Scope)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Scope.Name:
                    row.Name = reader.ReadSlice(OtlpMessages.Scope);
                    break;
                case OtlpTags.Scope.Version:
                    row.Version = reader.ReadSlice(OtlpMessages.Scope);
                    break;
                case OtlpTags.Scope.Attributes:
                    batch.OtherAttributes.Add(ReadKeyValue(OtlpMessages.Scope, depth: 0));
                    break;
                case OtlpTags.Scope.DroppedAttributesCount:
                    row.DroppedAttributesCount = reader.ReadUInt32(OtlpMessages.Scope);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Scope);
                    break;
            }
        }
        row.Attributes = EndAttributes(attributesStart);
    }
}
