namespace Clew.Server.Web;

/// <summary>A field of the search form.</summary>
public enum SearchField
{
    Attributes,
    Status,
    Min,
    Max,
    Range,
    Limit,
    After,
}

/// <summary>What is wrong with a field; each kind has its sentence in <see cref="Texts.Problem"/>.</summary>
public enum SearchProblemKind
{
    /// <summary>Not a number with one of the units.</summary>
    Duration,

    /// <summary>The maximum lies below the minimum.</summary>
    MaxBelowMin,

    /// <summary>Not a time.</summary>
    Time,

    /// <summary>The range ends before it begins.</summary>
    ToBeforeFrom,

    /// <summary>A quoted value has no closing quote.</summary>
    OpenQuote,

    /// <summary>A comparison without a key before it.</summary>
    MissingKey,

    /// <summary>A comparison without a value after it.</summary>
    MissingValue,

    /// <summary>A regular expression that cannot be read or is not supported.</summary>
    Regex,

    /// <summary>Jaeger's <c>tags</c> parameter is not a JSON object of strings.</summary>
    Tags,

    /// <summary>More conditions than one query may have.</summary>
    TooMany,

    /// <summary>Not one of the words the field knows.</summary>
    Word,

    /// <summary>The query is out of the bounds every store keeps; the detail says how.</summary>
    Refused,

    /// <summary>Not a number.</summary>
    Number,
}

/// <summary>Something the sender of a query should put right.</summary>
/// <param name="Field">Where it stands.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">The offending text.</param>
/// <param name="Column">Counted from 1 within the field; 0 when the whole field is meant.</param>
public sealed record SearchProblem(SearchField Field, SearchProblemKind Kind, string Detail, int Column = 0);
