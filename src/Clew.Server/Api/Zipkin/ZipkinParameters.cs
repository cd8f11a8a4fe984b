using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Clew.Server.Api.Zipkin;

/// <summary>Reads query parameters with the errors of Zipkin's server: an empty one is absent, the first of several counts.</summary>
internal readonly struct ZipkinParameters(IQueryCollection query)
{
    /// <summary>The value; empty when there is none.</summary>
    public string Text(string name) => query.TryGetValue(name, out StringValues values) ? values[0] ?? "" : "";

    /// <exception cref="ApiException">400: the parameter is not there at all.</exception>
    public string Required(string name) => query.ContainsKey(name) ? Text(name) : throw Missing(name);

    /// <summary>A decimal integer, or null when absent.</summary>
    /// <exception cref="ApiException">400: not a number, or larger than <paramref name="max"/>.</exception>
    public long? Integer(string name, long max = long.MaxValue)
    {
        string text = Text(name);
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value <= max
            ? value
            : throw ApiException.BadRequest($"For input string: \"{text}\"");
    }

    /// <inheritdoc cref="Integer"/>
    /// <exception cref="ApiException">400: absent or not a number.</exception>
    public long RequiredInteger(string name) => Integer(name) ?? throw Missing(name);

    /// <summary>The time range of <c>endTs</c> and <c>lookback</c>, both in milliseconds.</summary>
    /// <exception cref="ApiException">400: one of them is not positive.</exception>
    public static Model.TimeRange Range(long endMs, long? lookbackMs)
    {
        const long lookbackDefaultMs = 24 * 3_600_000;
        if (endMs <= 0)
            throw ApiException.BadRequest("endTs <= 0");
        if (lookbackMs <= 0)
            throw ApiException.BadRequest("lookback <= 0");
        return UnixTime.Before(UnixTime.ToNs(endMs, UnixTime.NsPerMilli), UnixTime.ToNs(lookbackMs ?? lookbackDefaultMs, UnixTime.NsPerMilli));
    }

    private static ApiException Missing(string name) => ApiException.BadRequest($"Mandatory parameter/header/attribute is missing: {name}");
}
