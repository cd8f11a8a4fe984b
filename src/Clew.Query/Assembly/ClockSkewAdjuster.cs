using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Mends spans whose host has another idea of the time than the host that called it: a child that does not lie within its
/// parent is moved into its middle, with everything its host recorded below it. Works on one trace, once.
/// </summary>
/// <param name="spans">Changed in place.</param>
/// <param name="maxNs">The largest shift that is made; 0: none.</param>
internal sealed class ClockSkewAdjuster(List<Span> spans, long maxNs)
{
    private readonly Dictionary<SpanId, int> numbers = new(spans.Count);
    private readonly Dictionary<int, List<int>> children = [];

    public void Adjust()
    {
        var unique = new List<int>(spans.Count);
        for (int i = 0; i < spans.Count; i++)
        {
            if (numbers.TryAdd(spans[i].SpanId, i))
                unique.Add(i);
            else
                Warn(i, "duplicate span IDs; skipping clock skew adjustment");
        }
        // Spans whose parents form a circle have no root above them and are left alone. A stack: traces can be deep.
        var work = new Stack<(int Span, int Parent, Skew Skew)>();
        foreach (int i in unique)
        {
            if (FindParent(i) is { } parent)
                (children.TryGetValue(parent, out List<int>? siblings) ? siblings : children[parent] = []).Add(i);
            else
                work.Push((i, -1, new Skew(HostOf(spans[i]), 0)));
        }
        while (work.TryPop(out (int Span, int Parent, Skew Skew) next))
            AdjustOne(next.Span, next.Parent, next.Skew, work);
    }

    private void AdjustOne(int number, int parent, Skew skew, Stack<(int Span, int Parent, Skew Skew)> work)
    {
        // The parent has been moved already, so its times can be trusted.
        string? host = HostOf(spans[number]);
        if (parent >= 0 && (host is null || host != skew.Host))
            skew = new Skew(host, SkewNs(spans[number], spans[parent]));
        Shift(number, skew.DeltaNs);
        foreach (int child in children.GetValueOrDefault(number) ?? [])
            work.Push((child, number, skew));
    }

    private int? FindParent(int number)
    {
        SpanId parentId = spans[number].ParentSpanId;
        if (parentId.IsZero)
            return null;
        if (numbers.TryGetValue(parentId, out int parent))
            return parent;
        Warn(number, $"parent span ID={parentId} is not in the trace; skipping clock skew adjustment");
        return null;
    }

    private static long SkewNs(Span child, Span parent)
    {
        // Nothing to compare: Zipkin allows spans without a time.
        if (child.StartNs == 0 || parent.StartNs == 0)
            return 0;
        // Longer than its parent, it was not waited for: it may end when it likes, but cannot have begun before.
        if (child.DurationNs > parent.DurationNs)
            return Math.Max(0, parent.StartNs - child.StartNs);
        if (child.StartNs >= parent.StartNs && child.EndNs <= parent.EndNs)
            return 0;
        // The way there is taken to be as long as the way back.
        return parent.StartNs + ((parent.DurationNs - child.DurationNs) / 2) - child.StartNs;
    }

    private void Shift(int number, long deltaNs)
    {
        if (deltaNs == 0)
            return;
        if (Math.Abs(deltaNs) > maxNs)
        {
            string delta = $"not applying calculated delta of {GoDurationText.Format(deltaNs)}";
            Warn(number, maxNs == 0
                ? $"clock skew adjustment disabled; {delta}"
                : $"max clock skew adjustment delta of {GoDurationText.Format(maxNs)} exceeded; {delta}");
            return;
        }
        Span span = spans[number];
        spans[number] = span with
        {
            StartNs = span.StartNs + deltaNs,
            Events = new EquatableList<SpanEvent>([.. span.Events.Select(item => item with { TimeNs = item.TimeNs + deltaNs })]),
        };
        Warn(number, $"This span's timestamps were adjusted by {GoDurationText.Format(deltaNs)}");
    }

    private void Warn(int number, string text) => spans[number] = spans[number].WithWarning(text);

    /// <summary>What tells hosts apart: the resource's host id, address or name, Jaeger's <c>ip</c>, Zipkin's endpoint. Null: not known.</summary>
    private static string? HostOf(Span span)
    {
        AttributeList resource = span.Resource.Attributes;
        if (resource.TextOf("host.id") is { Length: > 0 } id)
            return id;
        if (resource.TryGet("host.ip", out AttributeValue addresses))
            return addresses.Type == AttributeType.Array ? (addresses.AsArray() is [{ } first, ..] ? first.ToString() : null) : addresses.ToString();
        if ((resource.TextOf("host.name") ?? resource.TextOf("ip")) is { Length: > 0 } name)
            return name;
        return (span.LocalEndpoint?.Ipv4 ?? span.LocalEndpoint?.Ipv6)?.ToString();
    }

    private readonly record struct Skew(string? Host, long DeltaNs);
}
