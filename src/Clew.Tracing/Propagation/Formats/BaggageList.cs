namespace Clew.Tracing.Propagation;

/// <summary>
/// Baggage being read, in the order it came; a key that comes again replaces its value. Bounded by what W3C Baggage (section 3.3.2) has everybody carry: what
/// goes beyond is left behind.
/// </summary>
internal struct BaggageList
{
    public const int MaxMembers = 64;
    public const int MaxLength = 8192;

    private List<KeyValuePair<string, string?>>? items;
    private int length;

    /// <summary>Null while there is nothing, so that looking for baggage allocates nothing.</summary>
    public readonly List<KeyValuePair<string, string?>>? Items => items;

    public void Add(ReadOnlySpan<char> key, string value)
    {
        if (key.Length + value.Length > MaxLength - length)
            return;
        items ??= [];
        for (int i = 0; i < items.Count; i++)
        {
            if (!key.SequenceEqual(items[i].Key))
                continue;
            length += value.Length - (items[i].Value?.Length ?? 0);
            items[i] = new(items[i].Key, value);
            return;
        }
        if (items.Count == MaxMembers)
            return;
        length += key.Length + value.Length;
        items.Add(new(key.ToString(), value));
    }
}
