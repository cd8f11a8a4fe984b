namespace Clew.Server.Web;

/// <summary>The rows of a trace as the reader looks at it, one window of them.</summary>
public sealed class TimelineModel
{
    /// <summary>Rows on one page; a longer timeline is paged by links.</summary>
    public const int WindowRows = 500;

    // What is kept above the current row when the window is moved to it.
    private const int RowsBefore = 20;

    private readonly List<int> matches;

    public TimelineModel(TraceTree tree, TimelineView asked, ServiceColors colors)
    {
        Tree = tree;
        Scale = new TimelineScale(tree.StartNs, tree.DurationNs);
        Overview = new Overview(tree, Scale, colors);
        Find = new SpanFind(asked.Find);
        matches = Find.IsEmpty ? [] : [.. tree.Nodes.Where(node => node.Span is { } span && Find.Matches(span)).Select(node => node.Index)];
        At = Matches.Count > 0 ? Math.Min(asked.At, Matches.Count) : 0;
        Current = At > 0 ? tree.Nodes[Matches[At - 1]] : null;
        Selected = asked.Span.Length > 0 ? tree.Nodes.FirstOrDefault(node => IsNamed(node, asked.Span)) : null;
        View = Reveal(asked);

        List<TraceNode> visible = Visible();
        VisibleCount = visible.Count;
        FirstRow = FirstOfWindow(visible, asked.Row);
        Rows = visible.GetRange(FirstRow, Math.Min(WindowRows, visible.Count - FirstRow));
    }

    public TraceTree Tree { get; }

    public TimelineScale Scale { get; }

    public Overview Overview { get; }

    /// <summary>As asked, with everything opened that hides the current match or the selected span.</summary>
    public TimelineView View { get; }

    public SpanFind Find { get; }

    /// <summary>Indexes of the nodes that match, over the whole trace, also where it is folded.</summary>
    public IReadOnlyList<int> Matches => matches;

    /// <summary>Number of the current match, from 1; 0 for none.</summary>
    public int At { get; }

    /// <summary>The current match.</summary>
    public TraceNode? Current { get; }

    /// <summary>The span whose detail is open.</summary>
    public TraceNode? Selected { get; }

    /// <summary>The window of visible nodes.</summary>
    public IReadOnlyList<TraceNode> Rows { get; }

    /// <summary>Index of the first row of the window.</summary>
    public int FirstRow { get; }

    /// <summary>Nodes that are not folded away, in all windows.</summary>
    public int VisibleCount { get; }

    public int HiddenCount => Tree.Nodes.Count - VisibleCount;

    /// <summary>The view whose window ends before this one; null in the first.</summary>
    public TimelineView? Earlier => FirstRow > 0 ? At0 with { Row = Math.Max(0, FirstRow - WindowRows) + 1 } : null;

    public TimelineView? Later => FirstRow + Rows.Count < VisibleCount ? At0 with { Row = FirstRow + Rows.Count + 1 } : null;

    /// <summary>The deepest level that has rows of its own: what folding one level works on.</summary>
    public int OpenLevel => View.Level > 0 ? Math.Min(View.Level, Tree.Depth) : Tree.Depth;

    public bool IsMatch(TraceNode node) => matches.BinarySearch(node.Index) >= 0;

    private TimelineView At0 => View with { At = 0, Span = "" };

    private TimelineView Reveal(TimelineView asked)
    {
        TimelineView view = asked with { At = At, Span = Selected?.Key ?? "" };
        if (Current is not null)
            view = view.Reveal(Current);
        return Selected is not null ? view.Reveal(Selected) : view;
    }

    private List<TraceNode> Visible()
    {
        var visible = new List<TraceNode>();
        for (int i = 0; i < Tree.Nodes.Count; i++)
        {
            TraceNode node = Tree.Nodes[i];
            visible.Add(node);
            if (View.IsFolded(node))
                i += node.Below;
        }
        return visible;
    }

    private int FirstOfWindow(List<TraceNode> visible, int askedRow)
    {
        int first = askedRow > 0 ? askedRow - 1 : 0;
        if ((Selected ?? Current) is { } target)
        {
            int row = visible.IndexOf(target);
            if (row < first || row >= first + WindowRows)
                first = row - RowsBefore;
        }
        return Math.Clamp(first, 0, Math.Max(0, visible.Count - 1));
    }

    /// <summary>By its key, or by the short or upper-case forms of ids other tools print.</summary>
    private static bool IsNamed(TraceNode node, string name) =>
        node.Span is not null && (node.Key == name || (Clew.Model.SpanId.TryParse(name, out Clew.Model.SpanId id) && node.Id == id));
}
