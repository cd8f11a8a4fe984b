namespace Clew.Tracing.Setup.Otlp;

/// <summary>What has to be known of an encoded <c>ExportTraceServiceRequest</c>.</summary>
internal static class OtlpRequest
{
    private const int ResourceSpans = 1;
    private const int ScopeSpans = 2;
    private const int Spans = 2;

    /// <summary>How many spans it holds; their contents are stepped over.</summary>
    public static int CountSpans(ReadOnlySpan<byte> request)
    {
        int count = 0;
        var resources = new ProtobufFields(request);
        while (resources.Next())
        {
            if (resources.Number != ResourceSpans)
                continue;
            var scopes = new ProtobufFields(resources.Bytes);
            while (scopes.Next())
            {
                if (scopes.Number != ScopeSpans)
                    continue;
                var spans = new ProtobufFields(scopes.Bytes);
                while (spans.Next())
                    count += spans.Number == Spans ? 1 : 0;
            }
        }
        return count;
    }
}
