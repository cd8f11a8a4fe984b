namespace Clew.Storage.Segments;

/// <summary>Reads values of a column in about ascending order of rows: a block at a time, since reading one decodes those before it. One thread.</summary>
internal sealed class ForwardReader(Int64Column column)
{
    private readonly long[] block = new long[Int64Column.BlockRows];
    private int read = -1;

    public long this[int row]
    {
        get
        {
            int number = row / Int64Column.BlockRows;
            if (number != read)
            {
                int start = number * Int64Column.BlockRows;
                read = -1;
                column.Read(start, block.AsSpan(0, Math.Min(Int64Column.BlockRows, column.Count - start)));
                read = number;
            }
            return block[row % Int64Column.BlockRows];
        }
    }
}
