using System.Globalization;
using System.Text;
using Clew.Model;
using Clew.Server.Api.Jaeger.Filters;

namespace Clew.Server.Api.Jaeger.V3;

/// <summary>Reads the parameters of <c>/api/v3</c>, each under its camelCase name or the older snake_case one.</summary>
internal readonly struct V3Parameters(IQueryCollection query)
{
    private readonly JaegerParameters parameters = new(query);

    /// <summary>The parameters of a search.</summary>
    /// <exception cref="ApiException">400: one is missing or malformed.</exception>
    public JaegerQuestion Question()
    {
        var attributes = new Dictionary<string, string>();
        if (Text("query.attributes") is { Length: > 0 } json)
            JaegerTags.AddJson(json, attributes, "malformed parameter query.attributes");
        if (TimeNs("query.startTimeMin") is not { } minNs || TimeNs("query.startTimeMax") is not { } maxNs)
            throw ApiException.BadRequest("query.startTimeMin and query.startTimeMax are required");
        if (minNs > maxNs)
            throw ApiException.BadRequest("query.startTimeMin must be before query.startTimeMax");
        var question = new JaegerQuestion
        {
            Filter = Text("query.filter") is { Length: > 0 } filter ? Parse("query.filter", filter, static text => FilterCondition.Of(FilterJson.Parse(text))) : null,
            Service = Text("query.serviceName"),
            Operation = Text("query.operationName"),
            Tags = attributes,
            Range = new TimeRange(minNs, maxNs),
            MinDurationNs = DurationNs("query.durationMin"),
            MaxDurationNs = DurationNs("query.durationMax"),
            Limit = SearchDepth(),
        };
        return question.Filter is null || !question.HasPlainConditions
            ? question
            : throw Malformed("query.filter", "a filter stands alone: say service, operation, attributes and durations in it");
    }

    public string Text(string name) => parameters.Text(name) is { Length: > 0 } value ? value : parameters.Text(SnakeCase(name));

    /// <summary>False when absent.</summary>
    /// <exception cref="ApiException">400: not a boolean.</exception>
    public bool Flag(string name) => Text(name) is { Length: > 0 } text && Parse(name, text, GoBool.Parse);

    /// <summary>Unix nanoseconds, or null when absent.</summary>
    /// <exception cref="ApiException">400: not a time.</exception>
    public long? TimeNs(string name) => Text(name) is { Length: > 0 } text ? Parse(name, text, Rfc3339.ParseNs) : null;

    public static ApiException Malformed(string name, string reason) => ApiException.BadRequest($"malformed parameter {name}: {reason}");

    private long? DurationNs(string name) => Text(name) is { Length: > 0 } text ? Parse(name, text, GoDuration.ParseNs) : null;

    private static T Parse<T>(string name, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            throw Malformed(name, error.Message);
        }
    }

    // query.num_traces is what searchDepth was called first.
    private int SearchDepth()
    {
        string text = Text("query.searchDepth") is { Length: > 0 } depth ? depth : parameters.Text("query.num_traces");
        if (text.Length == 0)
            return JaegerQuestion.LimitDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0 ? limit : throw Malformed("query.searchDepth", $"{GoText.Quote(text)} is not a number from 1");
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }
}
