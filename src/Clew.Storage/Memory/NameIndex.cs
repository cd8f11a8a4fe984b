using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Storage;

/// <summary>
/// The names of all spans in the store, kept exact by counting, because user interfaces ask for them all the time. Not thread-safe:
/// every member belongs to the thread that holds the store's lock.
/// </summary>
internal sealed class NameIndex
{
    private readonly Dictionary<Operation, long> operations = [];
    private readonly Dictionary<SpanNames.RemoteName, long> remotes = [];
    private SpanNames? current;

    /// <summary>Rebuilt only after a name came or went, not for every span.</summary>
    public SpanNames Current => current ??= new SpanNames(operations.Keys, remotes.Keys);

    public void Add(Span span)
    {
        bool changed = Increment(operations, SpanNames.OperationOf(span));
        if (SpanNames.RemoteNameOf(span) is { } remote)
            changed |= Increment(remotes, remote);
        if (changed)
            current = null;
    }

    public void Remove(Span span)
    {
        bool changed = Decrement(operations, SpanNames.OperationOf(span));
        if (SpanNames.RemoteNameOf(span) is { } remote)
            changed |= Decrement(remotes, remote);
        if (changed)
            current = null;
    }

    private static bool Increment<T>(Dictionary<T, long> counts, T name) where T : notnull =>
        ++CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _) == 1;

    private static bool Decrement<T>(Dictionary<T, long> counts, T name) where T : notnull =>
        --CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _) == 0 && counts.Remove(name);
}
