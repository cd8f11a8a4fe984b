using Microsoft.AspNetCore.WebUtilities;

namespace Clew.Server.Web;

/// <summary>
/// The search form as it stands in the address, untouched: wrong values stay where they were typed. <see cref="Query"/> writes the same
/// form back, defaults left out.
/// </summary>
public sealed record SearchForm
{
    public const string DefaultLast = "1h";
    public const int DefaultLimit = 50;

    public string Service { get; init; } = "";

    public string Operation { get; init; } = "";

    /// <summary>Empty, <c>ok</c> (no span of the trace failed) or <c>error</c> (the span that meets the other conditions failed).</summary>
    public string Status { get; init; } = "";

    /// <summary>See <see cref="AttributeTermParser"/>.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>Shortest and longest duration of the trace.</summary>
    public string Min { get; init; } = "";

    public string Max { get; init; } = "";

    /// <summary>A duration back from now; <see cref="From"/> and <see cref="To"/> win over it.</summary>
    public string Last { get; init; } = DefaultLast;

    public string From { get; init; } = "";

    public string To { get; init; } = "";

    public string Limit { get; init; } = "";

    /// <summary>The place to go on from: start and id of the last trace of the page before.</summary>
    public string After { get; init; } = "";

    public bool HasFixedRange => From.Length > 0 || To.Length > 0;

    /// <summary>How many filters are set, for the button that opens them on small screens.</summary>
    public int FilterCount => new[] { Service, Operation, Status, Min, Max }.Count(value => value.Length > 0);

    /// <summary>The address of this form below the site's root.</summary>
    public string Href => "search" + Query;

    public string Query
    {
        get
        {
            string query = "";
            Add("service", Service, "");
            Add("operation", Operation, "");
            Add("status", Status, "");
            Add("attrs", Attributes, "");
            Add("min", Min, "");
            Add("max", Max, "");
            if (HasFixedRange)
            {
                Add("from", From, "");
                Add("to", To, "");
            }
            else
            {
                Add("last", Last, DefaultLast);
            }
            Add("limit", Limit, DefaultLimit.ToString());
            Add("after", After, "");
            return query;

            void Add(string name, string value, string fallback)
            {
                if (value.Length > 0 && value != fallback)
                    query = QueryHelpers.AddQueryString(query, name, value);
            }
        }
    }
}
