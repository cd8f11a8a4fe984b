namespace Clew.Tracing.Propagation;

/// <summary>
/// The header <c>X-Amzn-Trace-Id</c>: <c>Root=1-8digits-24digits;Parent=16digits;Sampled=1</c> (AWS X-Ray, "Tracing header"). Only read: services behind
/// a load balancer or gateway of AWS get it, nothing outside AWS expects it.
/// </summary>
public static class XRayTraceHeader
{
    private const int RootLength = 35;

    /// <summary>
    /// Whether the header names a root and a parent. Fields come in any order, unknown ones (Self, Lineage) are passed over; <c>Sampled=?</c> and a missing
    /// Sampled mean "defer".
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PropagatedSpan span)
    {
        ulong high = 0, low = 0, parent = 0;
        var state = SamplingState.Defer;
        span = default;
        foreach (Range range in text.Split(';'))
        {
            ReadOnlySpan<char> field = text[range].Trim(" \t");
            int equals = field.IndexOf('=');
            if (equals < 0)
                continue;
            ReadOnlySpan<char> value = field[(equals + 1)..];
            switch (field[..equals])
            {
                case "Root" when !TryParseRoot(value, out high, out low):
                case "Parent" when value.Length != 16 || !Hex.TryParse(value, out parent):
                case "Sampled" when value is not ("0" or "1" or "?"):
                    return false;
                case "Sampled":
                    state = value switch { "0" => SamplingState.Deny, "1" => SamplingState.Accept, _ => SamplingState.Defer };
                    break;
            }
        }
        var parsed = new PropagatedSpan(high, low, parent, state);
        if (!parsed.HasIds)
            return false;
        span = parsed;
        return true;
    }

    private static bool TryParseRoot(ReadOnlySpan<char> root, out ulong high, out ulong low)
    {
        high = low = 0;
        if (root.Length != RootLength || !root.StartsWith("1-") || root[10] != '-')
            return false;
        if (!Hex.TryParse(root[2..10], out ulong seconds) || !Hex.TryParse(root[11..19], out ulong upper) || !Hex.TryParse(root[19..], out low))
            return false;
        high = (seconds << 32) | upper;
        return true;
    }
}
