using System.Text;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>What a head's attributes were when a snapshot was published.</summary>
internal sealed class HeadAttributeTable(HeadAttributes attributes, int rowCount, int columnCount) : AttributeTable
{
    private readonly AttributeColumn?[] columns = new AttributeColumn?[columnCount];
    private AttributeKey[]? keys;
    private ValueColumn? shapes;

    public override int RowCount => rowCount;

    public override IReadOnlyList<AttributeKey> Keys
    {
        get
        {
            if (keys is null)
            {
                var all = new AttributeKey[columnCount];
                for (int number = 0; number < all.Length; number++)
                    all[number] = attributes.ColumnAt(number).Key;
                keys = all;
            }
            return keys;
        }
    }

    public override ValueColumn Shapes => shapes ??= attributes.Shapes(rowCount);

    public override ValueColumn? Rest => attributes.Rest(rowCount);

    public override AttributeColumn Column(int number) => columns[number] ??= attributes.ColumnAt(number).Values.Snapshot(rowCount);

    public override IReadOnlyList<int> ColumnsOf(string key)
    {
        var numbers = new List<int>(1);
        HeadAttributeColumn? column = attributes.FirstColumn(Encoding.UTF8.GetBytes(key));
        // Lone surrogates encode as U+FFFD does, but are another key.
        if (column?.Key.Name == key)
        {
            for (; column is not null && column.Number < columnCount; column = column.NextOccurrence)
                numbers.Add(column.Number);
        }
        return numbers;
    }
}
