using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Clew.Server.Pipeline;

/// <summary>What <see cref="SpanValidator"/> found in one batch, in numbers of spans.</summary>
internal struct ValidationResult
{
    private CutCounts cuts;

    public int ZeroTraceIds;
    public int ZeroSpanIds;
    public int TimesOutOfRange;

    public readonly int Rejected => ZeroTraceIds + ZeroSpanIds + TimesOutOfRange;

    /// <summary>Spans cut for a reason. A span cut for two reasons counts in both.</summary>
    public readonly int Cut(CutReason reason) => cuts[(int)reason];

    public readonly bool AnyCut => ((ReadOnlySpan<int>)cuts).ContainsAnyExcept(0);

    public void CountCut(CutReason reason) => cuts[(int)reason]++;

    /// <summary>For the sender; null when nothing was rejected.</summary>
    public readonly string? RejectText()
    {
        if (Rejected == 0)
            return null;
        var text = new StringBuilder("rejected ");
        string separator = "";
        Append(ZeroTraceIds, "with a trace id of zeros only");
        Append(ZeroSpanIds, "with a span id of zeros only");
        Append(TimesOutOfRange, "with a time outside 1970 to 2262");
        return text.ToString();

        void Append(int count, string what)
        {
            if (count == 0)
                return;
            text.Append(separator).Append(count.ToString(CultureInfo.InvariantCulture)).Append(count == 1 ? " span " : " spans ").Append(what);
            separator = ", ";
        }
    }

    [InlineArray((int)CutReason.NegativeDuration + 1)]
    private struct CutCounts
    {
        private int first;
    }
}
