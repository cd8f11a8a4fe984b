namespace Clew.Storage.Segments;

/// <summary>A column that becomes part of another.</summary>
/// <param name="Column">The column.</param>
/// <param name="Rows">For each of its values the row it goes to. All placed columns of one union together fill every row, each once.</param>
internal readonly record struct Placed<TColumn>(TColumn Column, ReadOnlyMemory<int> Rows);
