using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>What tables other than the head hold. A head asks so that no span is stored twice: every count over tables is then a sum.</summary>
/// <remarks>
/// A head asks when the first span of a trace comes to it, and again only about spans whose ids it was told then: while one head takes spans, what older tables
/// hold of a trace may become less or move between tables, but not more.
/// </remarks>
internal interface IOlderTraces
{
    /// <summary>Appends the parts of a trace in other tables; nothing for nearly every trace that arrives.</summary>
    void Find(TraceId id, List<TracePart> parts);
}
