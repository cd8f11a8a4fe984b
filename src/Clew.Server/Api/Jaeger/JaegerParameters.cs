using System.Globalization;
using Clew.Model;
using Microsoft.Extensions.Primitives;

namespace Clew.Server.Api.Jaeger;

/// <summary>Reads query parameters as Jaeger's server does: the first value of a name counts, an empty one is absent, errors are worded alike.</summary>
internal readonly struct JaegerParameters(IQueryCollection query)
{
    /// <summary>The first value; empty when there is none.</summary>
    public string Text(string name) => query.TryGetValue(name, out StringValues values) ? values[0] ?? "" : "";

    public IEnumerable<string> All(string name) => query.TryGetValue(name, out StringValues values) ? values.Select(static value => value ?? "") : [];

    /// <summary>A decimal integer, or null when absent.</summary>
    /// <exception cref="ApiException">400: not a number, or outside the range.</exception>
    public long? Integer(string name, long min = long.MinValue, long max = long.MaxValue)
    {
        string text = Text(name);
        if (text.Length == 0)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max)
            return value;
        string digits = text[0] is '+' or '-' ? text[1..] : text;
        bool isNumber = digits.Length > 0 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9');
        throw CannotParse(name, isNumber ? GoText.OutOfRange("ParseInt", text) : GoText.InvalidSyntax("ParseInt", text));
    }

    /// <summary>A Go duration in nanoseconds, or null when absent.</summary>
    /// <exception cref="ApiException">400: not a duration.</exception>
    public long? DurationNs(string name) => Text(name) is { Length: > 0 } text ? Parse(name, text, GoDuration.ParseNs) : null;

    /// <summary>What Go's <c>strconv.ParseBool</c> takes; false when absent.</summary>
    /// <exception cref="ApiException">400: anything else.</exception>
    public bool Flag(string name) => Text(name) is { Length: > 0 } text && Parse(name, text, GoBool.Parse);

    /// <summary>1 to 32 hex digits, or the bytes in base64: see <see cref="TraceIdText"/>.</summary>
    /// <param name="text">The id.</param>
    /// <param name="errorPrefix">What the error message begins with.</param>
    /// <exception cref="ApiException">400: anything else.</exception>
    public static TraceId TraceIdOf(string text, string errorPrefix = "")
    {
        if (TraceIdText.TryParse(text, out TraceId id))
            return id;
        throw ApiException.BadRequest(errorPrefix + (text.Length > TraceId.HexLength
            ? $"TraceID cannot be longer than 32 hex characters: {text}"
            : GoText.InvalidSyntax("ParseUint", text)));
    }

    /// <summary>The id in the path. Routing leaves %2F as it is; standard base64 has slashes.</summary>
    public static string RoutedTraceId(HttpContext context) => ((string)context.Request.RouteValues["traceId"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static T Parse<T>(string name, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            throw CannotParse(name, error.Message);
        }
    }

    public static ApiException CannotParse(string name, string reason) => ApiException.BadRequest($"unable to parse param '{name}': {reason}");
}
