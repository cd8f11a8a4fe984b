namespace Clew.Storage.Segments.Traces;

/// <summary>A table's column in a group.</summary>
internal sealed record TraceSlot(TraceGroup Group, int Index)
{
    /// <summary>Gives it to another table, once: nobody looks for this one any more.</summary>
    public void Release() => Group.Release(Index);
}
