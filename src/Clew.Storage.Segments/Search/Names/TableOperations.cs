using System.Runtime.CompilerServices;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The operations of all rows of a table: asked for by every page that opens, so they are remembered as long as the table is there.</summary>
internal static class TableOperations
{
    // Some 100 KiB a table. One whose span names hold ids has more, and is looked through each time.
    private const int RememberedMax = 1_000;

    private static readonly ConditionalWeakTable<SpanTable, Operation[]> All = [];

    public static IReadOnlyCollection<Operation> Of(SpanTable table)
    {
        if (All.TryGetValue(table, out Operation[]? known))
            return known;
        var operations = new HashSet<Operation>();
        using RowBitmap rows = RowBitmap.Rent(table.RowCount);
        rows.SetAll();
        Add(table, rows, operations);
        if (operations.Count <= RememberedMax)
            All.AddOrUpdate(table, [.. operations]);
        return operations;
    }

    /// <summary>Adds the operations of the given rows. Spans with an empty name have none.</summary>
    public static void Add(SpanTable table, RowBitmap rows, ISet<Operation> operations)
    {
        var services = new CodesOrTexts(table.Services);
        var names = new CodesOrTexts(table.Names);
        var seen = new HashSet<(uint Service, uint Name, uint Kind)>();
        BitPackedInts kinds = table.Kinds;
        (uint, uint, uint) before = default;
        bool isFirst = true;
        foreach (int row in rows)
        {
            (uint Service, uint Name, uint Kind) triple = (services.CodeOf(row), names.CodeOf(row), kinds[row]);
            // Neighbours are often alike, and a comparison costs less than a hash.
            if (!isFirst && triple == before)
                continue;
            (isFirst, before) = (false, triple);
            if (seen.Add(triple) && names.TextOf(triple.Name) is { Length: > 0 } name)
                operations.Add(new Operation(services.TextOf(triple.Service), name, (SpanKind)triple.Kind));
        }
    }

    /// <summary>Numbers for the texts of a column: those of its dictionary, or given out here where it has none.</summary>
    private sealed class CodesOrTexts(ValueColumn column)
    {
        private readonly Dictionary<string, uint> codes = [];
        private readonly List<string> texts = [];

        public uint CodeOf(int row)
        {
            if (column.Dictionary is not null)
                return column.Codes[row];
            string text = DistinctValues.Text(column.Get(row, stackalloc byte[TextShape.TextBytesMax]));
            if (codes.TryAdd(text, (uint)texts.Count))
                texts.Add(text);
            return codes[text];
        }

        public string TextOf(uint code) =>
            column.Dictionary is null ? texts[(int)code] : DistinctValues.Text(column.ValueOf(code, stackalloc byte[TextShape.TextBytesMax]));
    }
}
