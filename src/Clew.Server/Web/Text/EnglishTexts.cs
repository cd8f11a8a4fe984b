namespace Clew.Server.Web;

/// <summary>English.</summary>
internal sealed partial class EnglishTexts : Texts
{
    private static readonly (long Seconds, string Unit)[] Ages = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")];

    private static readonly (long Seconds, string Unit)[] RangeUnits = [(86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];

    private static string Count(long count, string one, string many) => $"{Format.Count(count)} {(count == 1 ? one : many)}";

    private static string Rate(double perSecond) => perSecond switch
    {
        < 10 => perSecond.ToString("0.#"),
        < 10_000 => Format.Count((long)Math.Round(perSecond)),
        < 999_500 => $"{perSecond / 1000:0.0}{Format.UnitSpace}k",
        _ => $"{perSecond / 1_000_000:0.00}{Format.UnitSpace}M",
    };

    private static (long Count, string Unit) Age(long ns)
    {
        long seconds = ns / 1_000_000_000;
        (long unitSeconds, string unit) = Ages.FirstOrDefault(age => seconds >= age.Seconds, (1, ""));
        return (seconds / unitSeconds, unit);
    }

    /// <summary>In the largest unit that divides it; a day is 24 hours.</summary>
    private static (long Count, string Unit) Span(long ns)
    {
        long seconds = ns / 1_000_000_000;
        (long unitSeconds, string unit) = RangeUnits.First(span => seconds % span.Seconds == 0);
        return (seconds / unitSeconds, unit);
    }

    private static string List((uint Count, string One, string Many)[] items)
    {
        string[] parts = [.. items.Where(item => item.Count > 0).Select(item => Count(item.Count, item.One, item.Many))];
        return parts.Length > 1 ? $"{string.Join(", ", parts[..^1])} and {parts[^1]}" : parts[0];
    }

    private static string At(SearchProblem problem) => problem.Column > 0 ? $"Column {problem.Column}: " : "";
}
