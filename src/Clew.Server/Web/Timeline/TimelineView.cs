using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Clew.Server.Web;

/// <summary>How the reader looks at a trace: what is folded, open, searched for. It stands in the address, defaults left out.</summary>
public sealed record TimelineView
{
    // More folds than this do not fit into an address anyway.
    private const int MaxKeys = 500;

    /// <summary>The tree is folded from this level down; 0 for not at all.</summary>
    public int Level { get; init; }

    /// <summary>Keys of nodes folded one by one.</summary>
    public ImmutableSortedSet<string> Fold { get; init; } = [];

    /// <summary>Keys of nodes open although <see cref="Level"/> folds them.</summary>
    public ImmutableSortedSet<string> Open { get; init; } = [];

    /// <summary>Key of the span whose detail is shown.</summary>
    public string Span { get; init; } = "";

    public string Find { get; init; } = "";

    /// <summary>Which match is current, from 1; 0 for none.</summary>
    public int At { get; init; }

    /// <summary>First row shown, from 1; 0 where the current row is, else the first.</summary>
    public int Row { get; init; }

    public static TimelineView Read(IQueryCollection query)
    {
        return new()
        {
            Level = Number("level"),
            Fold = Keys("fold"),
            Open = Keys("open"),
            Span = Text("span"),
            // uiFind is Jaeger's name.
            Find = Text("find") is { Length: > 0 } find ? find : Text("uiFind"),
            At = Number("at"),
            Row = Number("row"),
        };

        string Text(string name) => query[name] is [{ } value, ..] ? value.Trim() : "";

        int Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

        ImmutableSortedSet<string> Keys(string name) =>
            [.. Text(name).Split(',', MaxKeys + 1, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxKeys)];
    }

    public bool IsFolded(TraceNode node) =>
        node.Below > 0 && (Fold.Contains(node.Key) || (Level > 0 && node.Level >= Level && !Open.Contains(node.Key)));

    /// <summary>Folds an open node, opens a folded one.</summary>
    public TimelineView Toggle(TraceNode node)
    {
        if (!IsFolded(node))
            return this with { Fold = Fold.Add(node.Key), Open = Open.Remove(node.Key) };
        bool byLevel = Level > 0 && node.Level >= Level;
        return this with { Fold = Fold.Remove(node.Key), Open = byLevel ? Open.Add(node.Key) : Open };
    }

    /// <summary>Opens everything above a node, so that it has a row.</summary>
    public TimelineView Reveal(TraceNode node)
    {
        TimelineView view = this;
        for (TraceNode? above = node.Parent; above is not null; above = above.Parent)
        {
            if (view.IsFolded(above))
                view = view.Toggle(above);
        }
        return view;
    }

    public string Query
    {
        get
        {
            string query = "";
            Add("level", Level > 0 ? Level.ToString(CultureInfo.InvariantCulture) : "");
            Add("fold", string.Join(',', Fold));
            Add("open", string.Join(',', Open));
            Add("find", Find);
            Add("at", At > 0 ? At.ToString(CultureInfo.InvariantCulture) : "");
            Add("span", Span);
            Add("row", Row > 0 ? Row.ToString(CultureInfo.InvariantCulture) : "");
            // An empty reference would mean the present address with its query.
            return query.Length > 0 ? query : "?";

            void Add(string name, string value)
            {
                if (value.Length > 0)
                    query = QueryHelpers.AddQueryString(query, name, value);
            }
        }
    }
}
