using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>
/// The header <c>traceparent</c>: <c>version-traceid-parentid-flags</c> (W3C Trace Context Level 2, section 3.2). Reads every version from 00 to fe by the rules
/// for versions to come (section 3.4) and writes version 00.
/// </summary>
public static class W3CTraceParent
{
    internal const int SampledFlag = 1;
    internal const int RandomFlag = 2;

    /// <summary>2 + 32 + 16 + 2 digits and 3 dashes: all there is in version 00, and how every later version begins.</summary>
    internal const int Length = 55;

    /// <summary>Whether <paramref name="text"/> is a valid header; upper-case digits, zero identifiers and version ff are not.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PropagatedSpan span)
    {
        span = default;
        if (text.Length < Length || text[2] != '-' || text[35] != '-' || text[52] != '-')
            return false;
        int version = Hex.LowerByte(text[0], text[1]);
        int flags = Hex.LowerByte(text[53], text[54]);
        bool lengthIsRight = text.Length == Length || (version != 0 && text[Length] == '-');
        if (!lengthIsRight || version is < 0 or 0xff || flags < 0)
            return false;
        if (!Hex.TryParseLower(text[3..19], out ulong high) || !Hex.TryParseLower(text[19..35], out ulong low) || !Hex.TryParseLower(text[36..52], out ulong spanId))
            return false;
        span = new(high, low, spanId, (flags & SampledFlag) != 0 ? SamplingState.Accept : SamplingState.Deny) { IsRandom = (flags & RandomFlag) != 0 };
        return span.HasIds;
    }

    /// <summary>The header for <paramref name="span"/>. It has no word for "defer" (written as not sampled) nor for "debug" (as sampled).</summary>
    public static string Write(in PropagatedSpan span) => string.Create(Length, span, static (text, span) =>
    {
        "00-".CopyTo(text);
        int at = Hex.Write(text, 3, span.TraceIdHigh);
        at = Hex.Write(text, at, span.TraceIdLow);
        text[at] = '-';
        at = Hex.Write(text, at + 1, span.SpanId);
        text[at] = '-';
        // The two flags there are fit the second digit.
        text[at + 1] = '0';
        text[at + 2] = (char)('0' + Flags(span));
    });

    /// <summary>The same of the digits that a context keeps.</summary>
    internal static string Write(in ActivityContext context) => string.Create(Length, context, static (text, context) =>
    {
        "00-".CopyTo(text);
        context.TraceId.ToHexString().CopyTo(text[3..]);
        text[35] = '-';
        context.SpanId.ToHexString().CopyTo(text[36..]);
        text[52] = '-';
        text[53] = '0';
        text[54] = (char)('0' + ((int)context.TraceFlags & (SampledFlag | RandomFlag)));
    });

    /// <summary>Whether a valid header says what <see cref="Write(in PropagatedSpan)"/> would: of version 00, and no flags that nobody knows.</summary>
    internal static bool IsPlain(string header) =>
        header is { Length: Length } && header[0] == '0' && header[1] == '0' && header[Length - 2] == '0' && header[Length - 1] <= '0' + (SampledFlag | RandomFlag);

    /// <summary>The header of an activity in W3C format: the string that it keeps as its id, unless its flags have changed since that was made.</summary>
    internal static string Of(Activity activity)
    {
        int flags = (int)activity.ActivityTraceFlags & (SampledFlag | RandomFlag);
        return activity.Id is { Length: Length } id && id[Length - 2] == '0' && id[Length - 1] == '0' + flags
            ? id
            : Write(activity.Context);
    }

    internal static int Flags(in PropagatedSpan span) => (span.IsRecorded ? SampledFlag : 0) | (span.IsRandom ? RandomFlag : 0);
}
