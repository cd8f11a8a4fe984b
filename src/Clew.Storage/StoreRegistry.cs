namespace Clew.Storage;

/// <summary>Opens stores by the name a configuration gives. Filled once when the process starts.</summary>
public sealed class StoreRegistry
{
    private readonly SortedDictionary<string, Func<CancellationToken, ValueTask<ISpanStore>>> openers = new(StringComparer.Ordinal);

    /// <param name="name">As written in the configuration.</param>
    /// <param name="open">Makes a store that is ready for use; carries the options it needs.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public StoreRegistry Add(string name, Func<CancellationToken, ValueTask<ISpanStore>> open)
    {
        openers.Add(name, open);
        return this;
    }

    /// <exception cref="ArgumentException">No store has this name; the message lists those that exist.</exception>
    public ValueTask<ISpanStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        openers.TryGetValue(name, out Func<CancellationToken, ValueTask<ISpanStore>>? open)
            ? open(cancellationToken)
            : throw new ArgumentException($"There is no store named '{name}'; there are: {string.Join(", ", openers.Keys)}.", nameof(name));
}
