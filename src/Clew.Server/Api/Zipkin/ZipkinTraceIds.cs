using Clew.Model;

namespace Clew.Server.Api.Zipkin;

/// <summary>Trace ids as Zipkin takes them: 1 to 32 lower-case hex digits, shorter ones padded, all zeros refused.</summary>
internal static class ZipkinTraceIds
{
    // As many as Zipkin splits; what comes after stays in the last part and makes it a malformed id.
    private const int ManyMax = 1000;

    /// <exception cref="ApiException">400, in Zipkin's words.</exception>
    public static TraceId Parse(string text)
    {
        string hex = text.Trim();
        if (hex.Length == 0)
            throw ApiException.BadRequest("traceId is empty");
        if (hex.Length > TraceId.HexLength)
            throw ApiException.BadRequest($"traceId.length > {TraceId.HexLength}");
        if (hex.AsSpan().ContainsAnyInRange('A', 'F') || !TraceId.TryParse(hex, out TraceId id))
            throw ApiException.BadRequest($"{hex} should be lower-hex encoded with no prefix");
        return id.IsZero ? throw ApiException.BadRequest("traceId is all zeros") : id;
    }

    /// <summary>The ids of <c>traceMany</c>: at least two, all different.</summary>
    /// <exception cref="ApiException">400, in Zipkin's words.</exception>
    public static IReadOnlyCollection<TraceId> ParseMany(string text)
    {
        if (text.Length == 0)
            throw ApiException.BadRequest("traceIds parameter is empty");
        string[] parts = text.Split(',', ManyMax);
        if (parts.Length == 1)
            throw ApiException.BadRequest("Use /api/v2/trace/{traceId} endpoint to retrieve a single trace");
        var ids = new OrderedDictionary<TraceId, bool>();
        foreach (string part in parts)
        {
            TraceId id = Parse(part);
            if (!ids.TryAdd(id, true))
                throw ApiException.BadRequest($"redundant traceId: {id.ToShortString()}");
        }
        return ids.Keys;
    }
}
