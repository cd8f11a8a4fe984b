using System.Text;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>The growing columns of an attribute table, found by their keys. One thread adds, any number look.</summary>
internal sealed class HeadColumns(ColumnPlace place)
{
    /// <summary>Columns of one key. A span that repeats a key a thousand times must not use up the table's columns; the rest of them go to the row's rest.</summary>
    public const int OccurrencesMax = 32;

    // Of a column beside its values: the objects, its key in both forms.
    private const int BytesAColumn = 400;

    private readonly ValueDictionaryBuilder keys = new(place["keys"], isText: true);
    private HeadAttributeColumn[] columns = new HeadAttributeColumn[16];
    private HeadAttributeColumn[] firstColumns = new HeadAttributeColumn[16];
    private HeadAttributeColumn? usualFirst;
    private HeadAttributeColumn? otherFirst;
    private int count;

    /// <summary>For the writer.</summary>
    public int Count => count;

    public HeadAttributeColumn this[int number] => Volatile.Read(ref columns)[number];

    /// <summary>The first column of a key; null when there is none.</summary>
    public HeadAttributeColumn? Find(ReadOnlySpan<byte> keyUtf8)
    {
        if (!keys.TryFind(keyUtf8, keys.Count, out uint code))
            return null;
        // A key that is being added may not have its column yet; no snapshot has it.
        HeadAttributeColumn[] first = Volatile.Read(ref firstColumns);
        return code < first.Length ? Volatile.Read(ref first[code]) : null;
    }

    /// <summary>For the writer: the column for a row's next attribute; null when there are as many as there may be, and it belongs into the rest.</summary>
    /// <param name="key">As it was sent.</param>
    /// <param name="row">The row.</param>
    /// <param name="before">The column of the attribute before it on the row; null for its first.</param>
    /// <exception cref="HeadFullException">Keys take more than they may.</exception>
    public HeadAttributeColumn? ForNext(ReadOnlySpan<byte> key, int row, HeadAttributeColumn? before)
    {
        HeadAttributeColumn? first = before is null ? usualFirst : before.Follower;
        if (first is null || !ShortBytes.Equal(key, first.KeyUtf8))
        {
            first = FindOrAddFirst(key, before);
            if (first is null)
                return null;
        }
        if (first.LastRow == row)
            return Repeat(first, row);
        first.LastRow = row;
        return first;
    }

    // Rows of two kinds often take turns: another guess is quicker than looking for the key.
    private HeadAttributeColumn? FindOrAddFirst(ReadOnlySpan<byte> key, HeadAttributeColumn? before)
    {
        HeadAttributeColumn? first = before is null ? otherFirst : before.OtherFollower;
        if (first is not null && ShortBytes.Equal(key, first.KeyUtf8))
            return first;
        first = keys.TryFind(key, keys.Count, out uint code) ? firstColumns[code] : AddFirst(Utf8Text.Normalize(key));
        if (first is null)
            return null;
        if (before is null)
            (usualFirst, otherFirst) = (first, usualFirst);
        else
            (before.Follower, before.OtherFollower) = (first, before.Follower);
        return first;
    }

    private HeadAttributeColumn? AddFirst(ReadOnlySpan<byte> key)
    {
        if (keys.TryFind(key, keys.Count, out uint code))
            return firstColumns[code];
        if (count >= AttributeTable.ColumnsMax)
            return null;
        if (!keys.TryGetOrAdd(key, out code))
            throw HeadFullException.Create();
        HeadAttributeColumn column = Add(new AttributeKey(Encoding.UTF8.GetString(key), 0), key.ToArray());
        Put(ref firstColumns, (int)code, column);
        return column;
    }

    private HeadAttributeColumn? Repeat(HeadAttributeColumn first, int row)
    {
        HeadAttributeColumn last = first.LastRepeatRow == row ? first.LastOccurrence : first;
        HeadAttributeColumn? next = last.NextOccurrence;
        if (next is null)
        {
            int occurrence = last.Key.Occurrence + 1;
            if (count >= AttributeTable.ColumnsMax || occurrence >= OccurrencesMax)
                return null;
            next = Add(first.Key with { Occurrence = occurrence }, first.KeyUtf8);
            last.NextOccurrence = next;
        }
        first.LastRepeatRow = row;
        first.LastOccurrence = next;
        return next;
    }

    private HeadAttributeColumn Add(AttributeKey key, byte[] keyUtf8)
    {
        var column = new HeadAttributeColumn(count, key, keyUtf8, place[$"{key.Occurrence}/{key.Name}"]);
        place.Memory.CountHeap(BytesAColumn);
        Put(ref columns, count, column);
        count++;
        return column;
    }

    private static void Put(ref HeadAttributeColumn[] array, int index, HeadAttributeColumn column)
    {
        if (index >= array.Length)
        {
            var larger = new HeadAttributeColumn[Math.Max(index + 1, array.Length * 2)];
            array.CopyTo(larger, 0);
            Volatile.Write(ref array, larger);
        }
        Volatile.Write(ref array[index], column);
    }
}
