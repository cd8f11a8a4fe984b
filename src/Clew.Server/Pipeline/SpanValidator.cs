using Clew.Model;
using Clew.Server.Configuration;

namespace Clew.Server.Pipeline;

/// <summary>
/// Checks a decoded batch and mends it in place: spans that cannot be stored are removed, the others brought within the limits, and each
/// change is written on the span (dropped counts, <see cref="SpanTraits"/>). Depends on nothing but the batch and the limits, so the
/// same body gives the same spans again. Safe from any thread; the batch belongs to the caller.
/// </summary>
internal sealed class SpanValidator(LimitOptions limits)
{
    private readonly TextLimiter text = new(limits.NameBytesMax, limits.ValueBytesMax);

    public ValidationResult Validate(SpanBatch batch)
    {
        var result = new ValidationResult();
        // Shared rows first: a span is marked as truncated when the resource or scope it stands under was.
        SharedCuts shared = text.LimitShared(batch);
        bool longElements = text.AnyTooLong(batch.Elements.Rows);
        int kept = 0;
        for (int i = 0; i < batch.Spans.Count; i++)
        {
            ref SpanRow span = ref batch.Spans[i];
            if (!IsStorable(span, ref result))
                continue;
            CutToCounts(ref span, ref result);
            if (LimitText(batch, ref span, shared, longElements))
            {
                span.Traits |= SpanTraits.Truncated;
                result.CountCut(CutReason.Text);
            }
            if (kept != i)
                batch.Spans[kept] = span;
            kept++;
        }
        batch.Spans.Truncate(kept);
        if (result.Rejected > 0 || result.AnyCut)
            batch.MarkChanged();
        return result;
    }

    private static bool IsStorable(in SpanRow span, ref ValidationResult result)
    {
        if (span.TraceId.IsZero)
            result.ZeroTraceIds++;
        else if (span.SpanId.IsZero)
            result.ZeroSpanIds++;
        // 2^63 ns after 1970 is 2262-04-11; unsigned times beyond it have become negative here.
        else if (span.StartNs < 0 || (span.DurationNs > 0 && span.StartNs > long.MaxValue - span.DurationNs))
            result.TimesOutOfRange++;
        else
            return true;
        return false;
    }

    private void CutToCounts(ref SpanRow span, ref ValidationResult result)
    {
        if (span.DurationNs < 0)
        {
            span.DurationNs = 0;
            span.Traits |= SpanTraits.NegativeDuration;
            result.CountCut(CutReason.NegativeDuration);
        }
        if (RowLimits.Cut(ref span.Attributes, limits.AttributesPerSpanMax, ref span.DroppedAttributesCount))
            result.CountCut(CutReason.Attributes);
        if (RowLimits.Cut(ref span.Events, limits.EventsPerSpanMax, ref span.DroppedEventsCount))
            result.CountCut(CutReason.Events);
        if (RowLimits.Cut(ref span.Links, limits.LinksPerSpanMax, ref span.DroppedLinksCount))
            result.CountCut(CutReason.Links);
    }

    private bool LimitText(SpanBatch batch, ref SpanRow span, in SharedCuts shared, bool longElements)
    {
        // Non-short-circuiting: every part has to be brought within the limit.
        bool cut = text.LimitName(batch, ref span.Name)
            | text.LimitValue(batch, ref span.StatusMessage)
            | text.LimitValue(batch, ref span.TraceState)
            | text.LimitAttributes(batch, batch.SpanAttributes, span.Attributes, longElements)
            | shared.Touch(span.Resource, span.Scope);
        if (!span.Events.IsEmpty)
            cut |= LimitEvents(batch, span.Events, longElements);
        if (!span.Links.IsEmpty)
            cut |= LimitLinks(batch, span.Links, longElements);
        return cut;
    }

    private bool LimitEvents(SpanBatch batch, RowRange range, bool longElements)
    {
        bool cut = false;
        for (int i = range.Start; i < range.Start + range.Count; i++)
        {
            ref EventRow row = ref batch.Events[i];
            if (RowLimits.Cut(ref row.Attributes, limits.AttributesPerSpanMax, ref row.DroppedAttributesCount))
                batch.MarkChanged();
            cut |= text.LimitName(batch, ref row.Name) | text.LimitAttributes(batch, batch.OtherAttributes, row.Attributes, longElements);
        }
        return cut;
    }

    private bool LimitLinks(SpanBatch batch, RowRange range, bool longElements)
    {
        bool cut = false;
        for (int i = range.Start; i < range.Start + range.Count; i++)
        {
            ref LinkRow row = ref batch.Links[i];
            if (RowLimits.Cut(ref row.Attributes, limits.AttributesPerSpanMax, ref row.DroppedAttributesCount))
                batch.MarkChanged();
            cut |= text.LimitValue(batch, ref row.TraceState) | text.LimitAttributes(batch, batch.OtherAttributes, row.Attributes, longElements);
        }
        return cut;
    }
}
