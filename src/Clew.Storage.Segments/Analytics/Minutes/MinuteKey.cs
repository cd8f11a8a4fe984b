using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What the spans of one service are counted by. Ordered by minute (<see cref="MinuteNumber"/>), operation (ordinal), kind, status.</summary>
internal readonly record struct MinuteKey(long Minute, string Operation, SpanKind Kind, StatusCode Status) : IComparable<MinuteKey>
{
    public int CompareTo(MinuteKey other)
    {
        int order = Minute.CompareTo(other.Minute);
        if (order == 0)
            order = string.CompareOrdinal(Operation, other.Operation);
        if (order == 0)
            order = Kind.CompareTo(other.Kind);
        return order != 0 ? order : Status.CompareTo(other.Status);
    }
}
