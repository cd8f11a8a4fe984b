namespace Clew.Storage.Segments;

/// <summary>Where a column lies: in which memory and under which name.</summary>
internal readonly record struct ColumnPlace(ColumnMemory Memory, string Label)
{
    /// <summary>A place for one column that no other will follow.</summary>
    public static ColumnPlace Alone() => new(new ColumnMemory(), "");

    /// <summary>The place of a part of the column.</summary>
    public ColumnPlace this[string part] => new(Memory, $"{Label}/{part}");

    /// <inheritdoc cref="ColumnMemory.Add"/>
    public ColumnSize Add(IGrowingColumn column) => Memory.Add(Label, column);
}
