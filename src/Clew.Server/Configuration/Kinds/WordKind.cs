namespace Clew.Server.Configuration.Kinds;

/// <summary>One of a few words, read without case.</summary>
internal sealed class WordKind<T>(IReadOnlyDictionary<string, T> words) : ValueKind<T>
{
    public override string Shape => string.Join(" | ", words.Keys);

    public override T Parse(string text, ClewOptions options)
    {
        foreach ((string word, T value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new FormatException($"expected {(words.Count == 1 ? "" : "one of ")}{string.Join(", ", words.Keys)}");
    }

    public override string Format(T value) => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;
}

/// <summary>Kinds for sets of words.</summary>
internal static class Words
{
    public static WordKind<bool> YesNo { get; } = new(new Dictionary<string, bool> { ["false"] = false, ["true"] = true });

    public static WordKind<string> Of(params string[] words) => new(words.ToDictionary(static word => word));

    /// <summary>The names of an enumeration in lower case.</summary>
    public static WordKind<T> OfEnum<T>()
        where T : struct, Enum => new(Enum.GetValues<T>().ToDictionary(static value => value.ToString().ToLowerInvariant()));
}
