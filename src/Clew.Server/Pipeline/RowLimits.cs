using Clew.Model;

namespace Clew.Server.Pipeline;

/// <summary>Cuts runs of rows to a number.</summary>
internal static class RowLimits
{
    /// <summary>Keeps the first <paramref name="max"/> rows and adds the others to the dropped count (which stops at its largest value).</summary>
    /// <returns>Whether anything was cut.</returns>
    public static bool Cut(ref RowRange range, int max, ref uint dropped)
    {
        if (range.Count <= max)
            return false;
        uint more = (uint)(range.Count - max);
        dropped = dropped > uint.MaxValue - more ? uint.MaxValue : dropped + more;
        range = new RowRange(range.Start, max);
        return true;
    }
}
