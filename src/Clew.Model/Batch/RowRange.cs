namespace Clew.Model;

/// <summary>A run of rows in one of the tables of a <see cref="SpanBatch"/>.</summary>
public readonly record struct RowRange(int Start, int Count)
{
    public bool IsEmpty => Count == 0;
}
