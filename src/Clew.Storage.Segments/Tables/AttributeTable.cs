namespace Clew.Storage.Segments.Tables;

/// <summary>
/// The attributes of the rows of a table (spans, events or links): one column for each key, and beside them the order in which each row's were sent. A key that
/// repeats on a row has a column for each of its occurrences. Keys beyond a table's bound on columns go to <see cref="Rest"/>.
/// </summary>
internal abstract class AttributeTable
{
    /// <summary>Columns of one table at most. A sender that puts ids into keys must not cost a column each.</summary>
    public const int ColumnsMax = 2_000;

    public abstract int RowCount { get; }

    /// <summary>The key of each column, in the order of their numbers.</summary>
    public abstract IReadOnlyList<AttributeKey> Keys { get; }

    public abstract AttributeColumn Column(int number);

    /// <summary>Numbers of the columns of a key, by ascending occurrence; none when no row has it outside of <see cref="Rest"/>.</summary>
    public abstract IReadOnlyList<int> ColumnsOf(string key);

    /// <summary>
    /// For each row its columns in the order sent, as varints: a column's number and 1, or 0 for the next entry of the row's <see cref="Rest"/>. Few rows differ
    /// in it, so it is a dictionary's code.
    /// </summary>
    public abstract ValueColumn Shapes { get; }

    /// <summary>
    /// What has no column: for each row a key-value list as <see cref="AttributeValueCodec"/> writes it, or no bytes. Null when all rows have none.
    /// </summary>
    public abstract ValueColumn? Rest { get; }
}

/// <summary>What a column is of.</summary>
/// <param name="Name">The attribute's key.</param>
/// <param name="Occurrence">0 for the first time the key stands on a row, 1 for the second, …</param>
internal readonly record struct AttributeKey(string Name, int Occurrence);
