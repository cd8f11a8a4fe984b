using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>Jaeger's <c>Batch</c> around encoded spans.</summary>
internal static class JaegerBatch
{
    /// <summary>The <c>Process</c>, with everything before it, once for all batches; the writer is then inside the batch, after its field 1.</summary>
    public static void WriteStart<TWriter>(ref TWriter writer, ExportedResource resource, TagText text) where TWriter : struct, IThriftWriter
    {
        writer.BeginStruct();
        writer.StructField(1);
        short outer = writer.BeginStruct();
        writer.TextField(1, resource.ServiceName);
        if (resource.Attributes.Length > 0)
        {
            writer.StructListField(2, resource.Attributes.Length);
            foreach ((string key, TagValue value) in resource.Attributes)
                JaegerTags.Write(ref writer, key, value, text);
        }
        writer.EndStruct(outer);
    }

    /// <summary>The spans and the end of the batch; <paramref name="writer"/> is a copy of the one <see cref="WriteStart"/> left.</summary>
    public static void WriteSpans<TWriter>(TWriter writer, PooledBuffer target, int count, ReadOnlySpan<byte> spans) where TWriter : struct, IThriftWriter
    {
        writer.StructListField(2, count);
        target.Write(spans);
        writer.EndStruct(0);
    }
}
