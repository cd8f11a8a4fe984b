using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>One pass over a request, from the envelope down to resources and scopes; see the other parts for spans, attributes and tokens.</summary>
internal ref partial struct OtlpJsonParser
{
    public void ReadRequest()
    {
        reader.Read();
        BeginObject("request");
        while (NextField("request", out ReadOnlySpan<char> name))
        {
            if (name is "resourceSpans")
            {
                BeginArray();
                while (NextObject("ResourceSpans"))
                    ReadResourceSpans();
            }
            else
            {
                reader.Skip();
            }
        }
        // A second value after the request is malformed; this read says so.
        reader.Read();
    }

    // The resource may come after the spans that refer to it, so its row is taken first and filled when it comes.
    private void ReadResourceSpans()
    {
        int resource = batch.Resources.Count;
        batch.Resources.Add();
        while (NextField("ResourceSpans", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "resource":
                    BeginObject("Resource");
                    ReadResource(ref batch.Resources[resource]);
                    break;
                case "scopeSpans":
                    BeginArray();
                    while (NextObject("ScopeSpans"))
                        ReadScopeSpans(resource);
                    break;
                case "schemaUrl":
                    batch.Resources[resource].SchemaUrl = ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadResource(ref ResourceRow row)
    {
        while (NextField("Resource", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "attributes":
                    row.Attributes = ReadAttributes(batch.OtherAttributes, row.Attributes);
                    break;
                case "droppedAttributesCount":
                    row.DroppedAttributesCount = ReadUInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadScopeSpans(int resource)
    {
        int scope = batch.Scopes.Count;
        batch.Scopes.Add();
        while (NextField("ScopeSpans", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "scope":
                    BeginObject("InstrumentationScope");
                    ReadScope(ref batch.Scopes[scope]);
                    break;
                case "spans":
                    BeginArray();
                    while (NextObject("Span"))
                    {
                        ref SpanRow row = ref batch.Spans.Add();
                        row.Resource = resource;
                        row.Scope = scope;
                        ReadSpan(ref row);
                    }
                    break;
                case "schemaUrl":
                    batch.Scopes[scope].SchemaUrl = ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadScope(ref ScopeRow row)
    {
        while (NextField("InstrumentationScope", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "name":
                    row.Name = ReadText();
                    break;
                case "version":
                    row.Version = ReadText();
                    break;
                case "attributes":
                    row.Attributes = ReadAttributes(batch.OtherAttributes, row.Attributes);
                    break;
                case "droppedAttributesCount":
                    row.DroppedAttributesCount = ReadUInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
