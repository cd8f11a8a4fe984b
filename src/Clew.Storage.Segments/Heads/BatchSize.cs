using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>What a batch may add to a head's dictionaries.</summary>
internal static class BatchSize
{
    // A byte that is not UTF-8 is kept as the three of U+FFFD.
    private const long BytesAByteMax = 3;

    // Of a value beside its text: type, length or number, and two bytes of a shape; of a resource, scope or endpoint its counts and lengths.
    private const long BytesAValue = 16, BytesABlob = 64;

    /// <summary>No dictionary grows by more bytes than this, whatever of the batch goes into it.</summary>
    public static long ValueBytesMax(SpanBatch batch)
    {
        long texts = 0, values = 0;
        foreach (ref readonly SpanRow span in batch.Spans.Rows)
            texts += span.Name.Length + span.TraceState.Length + span.StatusMessage.Length;
        Add(batch.SpanAttributes.Rows, ref texts, ref values);
        Add(batch.OtherAttributes.Rows, ref texts, ref values);
        Add(batch.Elements.Rows, ref texts, ref values);
        foreach (ref readonly EventRow item in batch.Events.Rows)
            texts += item.Name.Length;
        foreach (ref readonly LinkRow link in batch.Links.Rows)
            texts += link.TraceState.Length;
        foreach (ref readonly ResourceRow resource in batch.Resources.Rows)
            texts += resource.SchemaUrl.Length;
        foreach (ref readonly ScopeRow scope in batch.Scopes.Rows)
            texts += scope.Name.Length + scope.Version.Length + scope.SchemaUrl.Length;
        foreach (ref readonly EndpointRow endpoint in batch.Endpoints.Rows)
            texts += endpoint.ServiceName.Length;
        return texts * BytesAByteMax + values * BytesAValue + (batch.Spans.Count + batch.Resources.Count + batch.Scopes.Count + batch.Endpoints.Count) * BytesABlob;
    }

    private static void Add(ReadOnlySpan<AttributeRow> rows, ref long texts, ref long values)
    {
        foreach (ref readonly AttributeRow row in rows)
        {
            texts += row.Key.Length;
            if (row.Type is AttributeType.String or AttributeType.Bytes)
                texts += row.Slice.Length;
        }
        values += rows.Length;
    }
}
