using System.Text;
using Clew.Model;

namespace Clew.Storage.Conformance;

/// <summary>One generated case: what is written, batch by batch, and what is asked after each.</summary>
public sealed record StoreCase<T>(IReadOnlyList<IReadOnlyList<Span>> Batches, IReadOnlyList<T> Questions)
{
    /// <summary>Each with one thing less: all questions but one, a question, a batch, a span.</summary>
    public IEnumerable<StoreCase<T>> Shrink()
    {
        if (Questions.Count > 1)
        {
            foreach (T question in Questions)
                yield return this with { Questions = [question] };
        }
        for (int i = 0; i < Batches.Count; i++)
        {
            yield return this with { Batches = Without(Batches, i) };
            for (int j = 0; Batches[i].Count > 1 && j < Batches[i].Count; j++)
                yield return this with { Batches = [.. Batches.Take(i), Without(Batches[i], j), .. Batches.Skip(i + 1)] };
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Batches.Count; i++)
        {
            text.AppendLine().Append("batch ").Append(i);
            foreach (Span span in Batches[i])
                text.AppendLine().Append("  ").Append(span);
        }
        foreach (T question in Questions)
            text.AppendLine().Append("asked ").Append(question);
        return text.ToString();
    }

    private static IReadOnlyList<TItem> Without<TItem>(IReadOnlyList<TItem> items, int index) => [.. items.Take(index), .. items.Skip(index + 1)];
}
