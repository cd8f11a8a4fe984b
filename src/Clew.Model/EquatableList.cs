using System.Collections;

namespace Clew.Model;

/// <summary>An immutable list that equals another with equal items in the same order, so that records of lists compare by content.</summary>
public class EquatableList<T> : IReadOnlyList<T>, IEquatable<EquatableList<T>> where T : IEquatable<T>
{
    private readonly T[] items;

    /// <summary>Takes ownership of <paramref name="items"/>.</summary>
    public EquatableList(params T[] items) => this.items = items;

    public static EquatableList<T> None { get; } = new();

    public int Count => items.Length;

    public T this[int index] => items[index];

    public ReadOnlySpan<T> AsSpan() => items;

    public bool Equals(EquatableList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as EquatableList<T>);

    public override int GetHashCode() => items.Length == 0 ? 0 : HashCode.Combine(items.Length, items[0]);

    public override string ToString() => $"[{string.Join(", ", items)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
