using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Segments;

/// <summary>Reads all of a segment, and holds it against what it says of itself. Goes on behind what it finds.</summary>
internal sealed class SegmentVerifier(SegmentSections sections, SegmentTable table, string path)
{
    // A segment of which nothing is right must not fill the memory with saying so.
    private const int FindingsMax = 100;

    private readonly List<string> findings = [];

    public IReadOnlyList<string> Run(CancellationToken cancellation)
    {
        foreach (SegmentEntry entry in sections.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            Check(() => sections.Open(entry).SkipAll());
        }
        Check(() => new TraceChecks(table, Found).Run(cancellation));
        var columns = new ColumnChecks(table, Found);
        foreach (Action check in columns.All)
        {
            cancellation.ThrowIfCancellationRequested();
            Check(check);
        }
        return findings;
    }

    private void Check(Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            Found(exception.Message);
        }
    }

    private void Found(string finding)
    {
        if (findings.Count < FindingsMax)
            findings.Add(finding.Contains(path, StringComparison.Ordinal) ? finding : $"'{path}': {finding}");
    }
}
