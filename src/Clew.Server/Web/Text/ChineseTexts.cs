namespace Clew.Server.Web;

/// <summary>Simplified Chinese. Nouns have no plural; large numbers count in ten thousands.</summary>
internal sealed partial class ChineseTexts : Texts
{
    private static readonly (long Seconds, string Unit)[] Units = [(86400, "天"), (3600, "小时"), (60, "分钟"), (1, "秒")];

    private static string Rate(double perSecond) => perSecond switch
    {
        < 10 => perSecond.ToString("0.#"),
        < 10_000 => Format.Count((long)Math.Round(perSecond)),
        _ => $"{perSecond / 10_000:0.00}{Format.UnitSpace}万",
    };

    private static (long Count, string Unit) Age(long ns)
    {
        long seconds = ns / 1_000_000_000;
        (long unitSeconds, string unit) = Units.FirstOrDefault(age => seconds >= age.Seconds, (1, ""));
        return (seconds / unitSeconds, unit);
    }

    /// <summary>In the largest unit that divides it; a day is 24 hours.</summary>
    private static (long Count, string Unit) Span(long ns)
    {
        long seconds = ns / 1_000_000_000;
        (long unitSeconds, string unit) = Units.First(span => seconds % span.Seconds == 0);
        return (seconds / unitSeconds, unit);
    }

    private static string List((uint Count, string Noun)[] items) =>
        string.Join("、", items.Where(item => item.Count > 0).Select(item => $"{Format.Count(item.Count)} {item.Noun}"));

    private static string At(SearchProblem problem) => problem.Column > 0 ? $"第 {problem.Column} 列：" : "";
}
