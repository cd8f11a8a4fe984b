using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Search;

/// <summary>How many spans carry each value in its text form. A span that carries one several times counts once.</summary>
internal sealed class ValueCounts(Dictionary<(string Text, AttributeType Type), long> counts)
{
    private readonly HashSet<(string, AttributeType)> distinct = [];
    private readonly List<AttributeValue> items = [];

    public ValueCounts()
        : this([])
    {
    }

    public IReadOnlyDictionary<(string Text, AttributeType Type), long> Counts => counts;

    /// <summary>Adds spans that have all of these values and no others.</summary>
    /// <param name="values">Arrays come with their items.</param>
    /// <param name="spans">How many spans.</param>
    public void Add(List<AttributeValue> values, long spans)
    {
        if (values.Count == 1)
        {
            Add((values[0].ToString(), values[0].Type), spans);
            return;
        }
        distinct.Clear();
        foreach (AttributeValue value in values)
        {
            if (distinct.Add((value.ToString(), value.Type)))
                Add((value.ToString(), value.Type), spans);
        }
    }

    /// <summary>Adds spans that have one attribute with this value, and the items it may have.</summary>
    public void Add(AttributeValue value, long spans)
    {
        items.Clear();
        AttributeSource.AddWithItems(value, items);
        Add(items, spans);
    }

    private void Add((string, AttributeType) value, long spans) => CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _) += spans;
}
