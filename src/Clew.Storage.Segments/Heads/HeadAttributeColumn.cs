using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>One column of a growing attribute table, and what the writer remembers beside it.</summary>
internal sealed class HeadAttributeColumn(int number, AttributeKey key, byte[] keyUtf8, ColumnPlace place)
{
    /// <summary>For the writer: strings that are not among the values yet.</summary>
    public PendingTexts Texts = new();

    private HeadAttributeColumn? nextOccurrence;

    public int Number { get; } = number;

    public AttributeKey Key { get; } = key;

    public byte[] KeyUtf8 { get; } = keyUtf8;

    public AttributeColumnBuilder Values { get; } = new(place);

    /// <summary>The column of the key's next occurrence on a row. Any thread may look; what it finds may be newer than its snapshot.</summary>
    public HeadAttributeColumn? NextOccurrence
    {
        get => Volatile.Read(ref nextOccurrence);
        set => Volatile.Write(ref nextOccurrence, value);
    }

    /// <summary>Of a key's first column, for the writer: the last row that has the key.</summary>
    public int LastRow { get; set; } = -1;

    /// <summary>Of a key's first column, for the writer: the last row that has the key more than once, and the column of its last occurrence there.</summary>
    public int LastRepeatRow { get; set; } = -1;

    /// <inheritdoc cref="LastRepeatRow"/>
    public HeadAttributeColumn LastOccurrence { get; set; } = null!;

    /// <summary>For the writer: the first columns of two keys that followed on rows with this one. Most rows have the keys of a row before them in the same order.</summary>
    public HeadAttributeColumn? Follower { get; set; }

    /// <inheritdoc cref="Follower"/>
    public HeadAttributeColumn? OtherFollower { get; set; }
}
