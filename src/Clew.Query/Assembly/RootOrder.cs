using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Which of several spans stands for its trace: the earliest, spans without a time last, ties by span id. What follows only makes the choice the same
/// whatever order spans come in: the client half before the shared one, then by service and name.
/// </summary>
internal sealed class RootOrder : IComparer<Span>
{
    public static RootOrder Instance { get; } = new();

    public int Compare(Span? x, Span? y)
    {
        int order = (x!.StartNs == 0).CompareTo(y!.StartNs == 0);
        if (order == 0)
            order = x.StartNs.CompareTo(y.StartNs);
        if (order == 0)
            order = x.SpanId.CompareTo(y.SpanId);
        if (order == 0)
            order = x.Traits.HasFlag(SpanTraits.Shared).CompareTo(y.Traits.HasFlag(SpanTraits.Shared));
        if (order == 0)
            order = string.CompareOrdinal(x.ServiceName, y.ServiceName);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }
}
