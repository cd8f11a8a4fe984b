using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What the spans of one service are counted by. Ordered by minute, operation (ordinal), kind, status.</summary>
/// <param name="Minute">By <see cref="MinuteNumber"/>.</param>
/// <param name="Operation">Span name.</param>
/// <param name="KindAndStatus">Kind in the upper of two bytes, status in the lower, as they are stored.</param>
internal readonly record struct MinuteKey(long Minute, string Operation, int KindAndStatus) : IComparable<MinuteKey>
{
    public SpanKind Kind => (SpanKind)(KindAndStatus >> 8);

    public StatusCode Status => (StatusCode)(KindAndStatus & 0xFF);

    public int CompareTo(MinuteKey other)
    {
        if (Minute != other.Minute)
            return Minute < other.Minute ? -1 : 1;
        int order = string.CompareOrdinal(Operation, other.Operation);
        return order != 0 ? order : KindAndStatus - other.KindAndStatus;
    }
}
