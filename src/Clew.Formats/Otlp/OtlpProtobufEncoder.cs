using System.Buffers;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes spans as an OTLP <c>ExportTraceServiceRequest</c> (same wire form as <c>TracesData</c>).</summary>
/// <remarks>
/// OTLP has no fields for some of what Zipkin and Jaeger say. A remote endpoint leaves as the attributes <c>peer.service</c>,
/// <c>network.peer.address</c> and <c>network.peer.port</c>, each only where the span has none; the address of the local endpoint and
/// <see cref="SpanTraits"/> stay behind.
/// </remarks>
public static class OtlpProtobufEncoder
{
    /// <summary>Groups spans by resource and scope, each in order of first appearance; spans of one scope keep their order.</summary>
    public static void Write(IBufferWriter<byte> output, IEnumerable<Span> spans)
    {
        using var writer = new ProtobufWriter();
        foreach (ResourceGroup group in ResourceGroup.Of(spans))
        {
            WriteResourceSpans(writer, group);
            output.Write(writer.Written);
            writer.Clear();
        }
    }

    private static void WriteResourceSpans(ProtobufWriter writer, ResourceGroup group)
    {
        int start = writer.BeginMessage(OtlpTags.Request.ResourceSpans);
        WriteResource(writer, group.Resource);
        foreach (ScopeGroup scope in group.Scopes)
        {
            int scopeStart = writer.BeginMessage(OtlpTags.ResourceSpans.ScopeSpans);
            WriteScope(writer, scope.Scope);
            foreach (Span span in scope.Spans)
                OtlpProtobufSpanWriter.Write(writer, span);
            writer.WriteText(OtlpTags.ScopeSpans.SchemaUrl, scope.Scope.SchemaUrl);
            writer.EndMessage(scopeStart);
        }
        writer.WriteText(OtlpTags.ResourceSpans.SchemaUrl, group.Resource.SchemaUrl);
        writer.EndMessage(start);
    }

    private static void WriteResource(ProtobufWriter writer, Resource resource)
    {
        int start = writer.BeginMessage(OtlpTags.ResourceSpans.Resource);
        writer.WriteAttributes(OtlpTags.Resource.Attributes, resource.Attributes);
        writer.WriteCount(OtlpTags.Resource.DroppedAttributesCount, resource.DroppedAttributesCount);
        writer.EndMessage(start);
    }

    private static void WriteScope(ProtobufWriter writer, Scope scope)
    {
        int start = writer.BeginMessage(OtlpTags.ScopeSpans.Scope);
        writer.WriteText(OtlpTags.Scope.Name, scope.Name);
        writer.WriteText(OtlpTags.Scope.Version, scope.Version);
        writer.WriteAttributes(OtlpTags.Scope.Attributes, scope.Attributes);
        writer.WriteCount(OtlpTags.Scope.DroppedAttributesCount, scope.DroppedAttributesCount);
        writer.EndMessage(start);
    }
}
