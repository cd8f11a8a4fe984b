namespace Clew.Server.Web;

/// <summary>
/// The picture of a whole trace above its rows: spans by depth, not by row, so that it keeps its shape when rows fold. Few spans are drawn each as it is;
/// many as one strip a depth, in which a column shows the first span that touches it.
/// </summary>
public sealed class Overview
{
    public const double Height = 50;
    public const int TotalHeight = 72;

    // A lane is at most about this wide in px: more columns could not be told apart.
    private const int Columns = 1000;
    private const int MaxRectangles = 1500;
    private const double MaxRowHeight = 5.6;

    public Overview(TraceTree tree, TimelineScale scale, ServiceColors colors)
    {
        List<TraceNode> spans = [.. tree.Nodes.Where(node => node.Span is { StartNs: not 0 })];
        double rowHeight = Math.Min(MaxRowHeight, Height / Math.Max(1, tree.Depth));
        // Below a px of height rows run into each other; deeper trees share lines.
        Rectangles = spans.Count <= MaxRectangles
            ? [.. spans.Select(node => new Rectangle(colors.ClassOf(node.Span!.ServiceName), scale.X(node.Span.StartNs), Y(node), scale.Width(node.Span.DurationNs), Math.Max(1, rowHeight - 1)))]
            : [.. Strips(spans, scale, colors, node => (int)(Y(node) / Math.Max(1, rowHeight)), Math.Max(1, rowHeight))];
        ErrorTicks = [.. spans.Where(node => node.Span!.IsError).Select(node => Math.Round(scale.X(TraceTree.SaturatedEnd(node.Span!)), 1)).Distinct()];

        double Y(TraceNode node) => (node.Level - 1) * rowHeight;
    }

    public IReadOnlyList<Rectangle> Rectangles { get; }

    /// <summary>Where failed spans end, in percent.</summary>
    public IReadOnlyList<double> ErrorTicks { get; }

    public readonly record struct Rectangle(string Color, double XPercent, double Y, double WidthPercent, double Height);

    private static IEnumerable<Rectangle> Strips(List<TraceNode> spans, TimelineScale scale, ServiceColors colors, Func<TraceNode, int> lineOf, double lineHeight)
    {
        foreach (IGrouping<int, TraceNode> line in spans.GroupBy(lineOf))
        {
            var columns = new string?[Columns + 1];
            foreach (TraceNode node in line)
            {
                string color = colors.ClassOf(node.Span!.ServiceName);
                int first = (int)(scale.X(node.Span.StartNs) / 100 * Columns);
                int last = Math.Min(Columns, (int)((scale.X(node.Span.StartNs) + scale.Width(node.Span.DurationNs)) / 100 * Columns));
                for (int column = first; column <= last; column++)
                    columns[column] ??= color;
            }
            for (int start = 0; start < Columns;)
            {
                int end = start + 1;
                while (end < Columns && columns[end] == columns[start])
                    end++;
                if (columns[start] is { } color)
                    yield return new Rectangle(color, 100.0 * start / Columns, line.Key * lineHeight, 100.0 * (end - start) / Columns, Math.Max(1, lineHeight - 1));
                start = end;
            }
        }
    }
}
