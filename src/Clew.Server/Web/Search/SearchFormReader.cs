using System.Globalization;
using System.Text.Json;

namespace Clew.Server.Web;

/// <summary>
/// Reads the form from an address: our own parameters first, then those of Jaeger's page (<c>tags</c> as JSON, <c>minDuration</c>,
/// <c>maxDuration</c>, <c>lookback</c>, <c>start</c> and <c>end</c> in microseconds), so that old links keep working.
/// </summary>
internal static class SearchFormReader
{
    public static SearchForm Read(IQueryCollection query, List<SearchProblem> problems)
    {
        string from = Value("from"), to = Value("to");
        string last = Value("last");
        if (last.Length == 0 && from.Length == 0 && to.Length == 0)
            (last, from, to) = JaegerRange();
        return new SearchForm
        {
            Service = Value("service"),
            // Jaeger's page sends the word "all" for any.
            Operation = Value("operation") is var operation && operation == "all" && query.ContainsKey("lookback") ? "" : operation,
            Status = Value("status"),
            Attributes = string.Join(' ', Attributes().Where(text => text.Length > 0)),
            Min = Value("min"),
            Max = Value("max"),
            Last = last.Length > 0 ? last : SearchForm.DefaultLast,
            From = from,
            To = to,
            Limit = Value("limit"),
            After = Value("after"),
        };

        string Value(string name) => query[name] is [{ } value, ..] ? value.Trim() : "";

        IEnumerable<string> Attributes()
        {
            yield return Value("attrs");
            foreach (string term in JaegerTags(Value("tags"), problems))
                yield return term;
            // Jaeger compares these with single spans; the form's own fields mean the whole trace.
            if (Value("minDuration") is { Length: > 0 } min)
                yield return AttributeTermParser.Write("span:duration", ">=", min);
            if (Value("maxDuration") is { Length: > 0 } max)
                yield return AttributeTermParser.Write("span:duration", "<=", max);
        }

        (string Last, string From, string To) JaegerRange()
        {
            string lookback = Value("lookback");
            if (lookback is not ("" or "custom"))
                return (lookback, "", "");
            return ("", FromMicroseconds(Value("start")), FromMicroseconds(Value("end")));
        }
    }

    private static string FromMicroseconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long us) && us < long.MaxValue / 1000 ? TimeText.Write(us * 1000) : text;

    private static List<string> JaegerTags(string json, List<SearchProblem> problems)
    {
        var terms = new List<string>();
        if (json.Length == 0)
            return terms;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonProperty tag in document.RootElement.EnumerateObject())
                terms.Add(AttributeTermParser.Write(tag.Name, "=", tag.Value.ToString()));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add(new SearchProblem(SearchField.Attributes, SearchProblemKind.Tags, json));
        }
        return terms;
    }
}
