using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>What tables other than the head hold. A head asks so that no span is stored twice: every count over tables is then a sum.</summary>
internal interface IOlderTraces
{
    /// <summary>Appends the parts of a trace in other tables; nothing for nearly every trace that arrives.</summary>
    void Find(TraceId id, List<TracePart> parts);
}
