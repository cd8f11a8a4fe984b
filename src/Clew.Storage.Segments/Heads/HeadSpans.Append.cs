using Clew.Model;

namespace Clew.Storage.Segments.Heads;

internal sealed partial class HeadSpans
{
    // Rows that are gone through once for each column: what they take of a batch (150 bytes each) must stay near.
    private const int RowsTogether = 128;

    /// <summary>Adds what stands in the spans' rows themselves and in what they share with others of their batch; not their attributes, events and links, nor the ids that were added before.</summary>
    /// <param name="bytesOf">The batch's bytes.</param>
    /// <param name="spans">The batch's spans.</param>
    /// <param name="added">Which of them, in the order of rows.</param>
    /// <param name="shared">Codes of the batch.</param>
    /// <exception cref="HeadFullException">A dictionary is full; spans are then added in part.</exception>
    public void Append(SliceBytes bytesOf, ReadOnlySpan<SpanRow> spans, ReadOnlySpan<int> added, BatchCodes shared)
    {
        for (int start = 0; start < added.Length; start += RowsTogether)
        {
            ReadOnlySpan<int> some = added.Slice(start, Math.Min(RowsTogether, added.Length - start));
            AppendFixed(spans, some);
            AppendTexts(bytesOf, spans, some);
            AppendShared(spans, some, shared);
            AppendRare(spans, some);
        }
    }

    private void AppendFixed(ReadOnlySpan<SpanRow> spans, ReadOnlySpan<int> added)
    {
        int count = added.Length;
        Span<ulong> parents = Parents.Reserve(count);
        Span<long> startsNs = StartsNs.Reserve(count), durationsNs = DurationsNs.Reserve(count);
        Span<byte> kinds = Kinds.Reserve(count), statuses = Statuses.Reserve(count), traits = Traits.Reserve(count);
        for (int i = 0; i < added.Length; i++)
        {
            ref readonly SpanRow span = ref spans[added[i]];
            parents[i] = span.ParentSpanId.Value;
            startsNs[i] = span.StartNs;
            durationsNs[i] = span.DurationNs;
            kinds[i] = (byte)span.Kind;
            statuses[i] = (byte)span.Status;
            traits[i] = (byte)span.Traits;
        }
        Parents.Publish(count);
        StartsNs.Publish(count);
        DurationsNs.Publish(count);
        Kinds.Publish(count);
        Statuses.Publish(count);
        Traits.Publish(count);
    }

    private void AppendTexts(SliceBytes bytesOf, ReadOnlySpan<SpanRow> spans, ReadOnlySpan<int> added)
    {
        Span<Utf8Slice> names = stackalloc Utf8Slice[added.Length], messages = stackalloc Utf8Slice[added.Length], states = stackalloc Utf8Slice[added.Length];
        int messageBytes = 0, stateBytes = 0;
        for (int i = 0; i < added.Length; i++)
        {
            ref readonly SpanRow span = ref spans[added[i]];
            names[i] = span.Name;
            messages[i] = span.StatusMessage;
            states[i] = span.TraceState;
            messageBytes |= span.StatusMessage.Length;
            stateBytes |= span.TraceState.Length;
        }
        Names.AddAll(new SlicesOfBatch(bytesOf, names), added.Length);
        AppendOptional(StatusMessages, bytesOf, messages, messageBytes != 0);
        AppendOptional(TraceStates, bytesOf, states, stateBytes != 0);
    }

    private static void AppendOptional(CodeColumnBuilder column, SliceBytes bytesOf, ReadOnlySpan<Utf8Slice> texts, bool isAny)
    {
        if (isAny)
            column.AddAll(new SlicesOfBatch(bytesOf, texts), texts.Length);
        else
            column.AddRepeated(column.CodeOf([]), texts.Length);
    }

    private void AppendShared(ReadOnlySpan<SpanRow> spans, ReadOnlySpan<int> added, BatchCodes shared)
    {
        Span<uint> resources = stackalloc uint[added.Length], services = stackalloc uint[added.Length], scopes = stackalloc uint[added.Length];
        Span<uint> localEndpoints = stackalloc uint[added.Length], remoteEndpoints = stackalloc uint[added.Length];
        for (int i = 0; i < added.Length; i++)
        {
            ref readonly SpanRow span = ref spans[added[i]];
            BatchCodes.ResourceCodes resource = shared.Resource(span.Resource);
            resources[i] = resource.Blob;
            services[i] = resource.Service;
            scopes[i] = shared.Scope(span.Scope);
            localEndpoints[i] = shared.LocalEndpoint(span.LocalEndpoint);
            remoteEndpoints[i] = shared.RemoteEndpoint(span.RemoteEndpoint);
        }
        Resources.AddCodes(resources);
        Services.AddCodes(services);
        Scopes.AddCodes(scopes);
        LocalEndpoints.AddCodes(localEndpoints);
        RemoteEndpoints.AddCodes(remoteEndpoints);
    }

    // What hardly ever differs from row to row.
    private void AppendRare(ReadOnlySpan<SpanRow> spans, ReadOnlySpan<int> added)
    {
        Span<long> flags = stackalloc long[added.Length], attributes = stackalloc long[added.Length], events = stackalloc long[added.Length], links = stackalloc long[added.Length];
        for (int i = 0; i < added.Length; i++)
        {
            ref readonly SpanRow span = ref spans[added[i]];
            flags[i] = span.Flags;
            attributes[i] = span.DroppedAttributesCount;
            events[i] = span.DroppedEventsCount;
            links[i] = span.DroppedLinksCount;
        }
        Flags.AddAll(flags);
        DroppedAttributesCounts.AddAll(attributes);
        DroppedEventsCounts.AddAll(events);
        DroppedLinksCounts.AddAll(links);
    }
}
