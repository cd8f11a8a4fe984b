namespace Clew.Model;

/// <summary>The attributes of a span, resource, scope, event or link in the order they were sent. Keys may repeat: what came in is kept.</summary>
public sealed class AttributeList : EquatableList<KeyValue>
{
    /// <summary>Takes ownership of <paramref name="items"/>.</summary>
    public AttributeList(params KeyValue[] items)
        : base(items)
    {
    }

    public static new AttributeList None { get; } = new();

    /// <summary>The first value under <paramref name="key"/>.</summary>
    public bool TryGet(string key, out AttributeValue value)
    {
        foreach (KeyValue item in AsSpan())
        {
            if (item.Key == key)
            {
                value = item.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>The first value under <paramref name="key"/> in text form, or null when absent.</summary>
    public string? TextOf(string key) => TryGet(key, out AttributeValue value) ? value.ToString() : null;
}
