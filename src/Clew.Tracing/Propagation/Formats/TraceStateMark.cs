using System.Text;

namespace Clew.Tracing.Propagation;

/// <summary>
/// The list member <c>clew</c> in tracestate. .NET and W3C know one bit, sampled or not; what else a format can say travels here: <c>clew=debug</c> goes along
/// with the trace to every service, <c>clew=defer</c> tells the sampler of the receiving process that nothing was decided and never leaves it.
/// </summary>
internal static class TraceStateMark
{
    private const string Key = "clew=";
    private const string Debug = "clew=debug";
    private const string Defer = "clew=defer";

    /// <returns><see cref="SamplingState.Debug"/>, <see cref="SamplingState.Defer"/>, or null where there is no mark.</returns>
    public static SamplingState? Read(ReadOnlySpan<char> traceState)
    {
        foreach (Range range in traceState.Split(','))
        {
            ReadOnlySpan<char> member = traceState[range].Trim(" \t");
            if (member.StartsWith(Key))
                return member.SequenceEqual(Debug) ? SamplingState.Debug : member.SequenceEqual(Defer) ? SamplingState.Defer : null;
        }
        return null;
    }

    /// <summary>The list with the mark that <paramref name="sampling"/> needs and no other; null instead of an empty list.</summary>
    public static string? Apply(string? traceState, SamplingState sampling)
    {
        string? mark = sampling switch { SamplingState.Debug => Debug, SamplingState.Defer => Defer, _ => null };
        if (string.IsNullOrEmpty(traceState))
            return mark;
        if (mark is null && !traceState.Contains(Key, StringComparison.Ordinal))
            return traceState;
        var list = new StringBuilder(mark);
        int members = mark is null ? 0 : 1;
        foreach (Range range in traceState.AsSpan().Split(','))
        {
            ReadOnlySpan<char> member = traceState.AsSpan()[range].Trim(" \t");
            // The specification lets the oldest member, at the right, go when a new one needs its place.
            if (member.IsEmpty || member.StartsWith(Key) || members == W3CTraceState.MaxMembers)
                continue;
            list.Append(members++ == 0 ? "" : ",").Append(member);
        }
        return list.Length == 0 ? null : list.ToString();
    }
}
