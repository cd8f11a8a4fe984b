using System.Globalization;
using Clew.Model;
using Clew.Query;
using Microsoft.Extensions.Primitives;

namespace Clew.Server.Api.Native;

/// <summary>Query parameters of Clew's own API. Strict, unlike the APIs it stands beside: what is not known or given twice is refused.</summary>
internal sealed class NativeParameters
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    private readonly IQueryCollection query;

    /// <exception cref="ApiException">400: a parameter that is not among the known ones, or twice.</exception>
    public NativeParameters(IQueryCollection query, params string[] known)
    {
        this.query = query;
        foreach ((string name, StringValues values) in query)
        {
            if (!known.Contains(name))
                throw ApiException.BadRequest($"there is no parameter '{name}'; known are {(known.Length == 0 ? "none" : string.Join(", ", known))}");
            if (values.Count > 1)
                throw ApiException.BadRequest($"parameter '{name}' is given {values.Count} times");
        }
    }

    /// <summary>Null when absent or empty.</summary>
    public string? Text(string name) => query.TryGetValue(name, out StringValues values) && values[0] is { Length: > 0 } text ? text : null;

    /// <summary>Unix nanoseconds, or RFC 3339 (UTC unless it says otherwise); null when absent.</summary>
    /// <exception cref="ApiException">400: neither.</exception>
    public long? TimeNs(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ns))
            return ns;
        if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return UnixTime.ToNs((time - DateTimeOffset.UnixEpoch).Ticks, UnixTime.NsPerTick);
        throw ApiException.BadRequest($"parameter '{name}': '{text}' is neither Unix nanoseconds nor a time such as 2026-01-31T12:00:00Z");
    }

    /// <exception cref="ApiException">400: not a number from 1 to <paramref name="max"/>.</exception>
    public int Limit(string name, int fallback, int max)
    {
        if (Text(name) is not { } text)
            return Math.Min(fallback, max);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit >= 1 && limit <= max
            ? limit
            : throw ApiException.BadRequest($"parameter '{name}': '{text}' is not a number from 1 to {max}");
    }

    /// <exception cref="ApiException">400: not a cursor this API gave.</exception>
    public TraceCursor? Cursor(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return TraceCursorText.TryParse(text, out TraceCursor cursor) ? cursor : throw ApiException.BadRequest($"parameter '{name}': '{text}' is not a cursor of an earlier answer");
    }

    /// <summary>Both ends included; an end that is not given is open.</summary>
    public TimeRange Range(string from, string to) => new(TimeNs(from) ?? long.MinValue, TimeNs(to) ?? long.MaxValue);
}
