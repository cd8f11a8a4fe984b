using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What the linker needs of every span, by row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Id">Its id.</param>
/// <param name="ParentId">Zero for a root.</param>
/// <param name="StartNs">Unix nanoseconds; 0 when the span has no time.</param>
/// <param name="Local">The service that recorded it, by <see cref="ServiceNumbers"/>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="IsShared">Whether it is the other half of a call with the same id.</param>
internal readonly record struct LinkRow(int Row, SpanId Id, SpanId ParentId, long StartNs, int Local, SpanKind Kind, bool IsShared);
