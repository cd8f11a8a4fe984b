using System.Reflection;
using Clew.Server.Pipeline;
using Clew.Server.Web;

namespace Clew.Server.Tests.Web;

public sealed class TextsTests
{
    // What is the same in both languages for a reason: names, numbers, examples.
    private static readonly string[] Shared = [nameof(Texts.TraceId), nameof(Texts.AttributesExample), nameof(Texts.TraceState)];

    [Fact]
    public void Every_text_is_said_in_chinese_too()
    {
        foreach (PropertyInfo property in typeof(Texts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string)))
        {
            string english = (string)property.GetValue(Texts.English)!, chinese = (string)property.GetValue(Texts.Chinese)!;
            Assert.False(string.IsNullOrWhiteSpace(english) || string.IsNullOrWhiteSpace(chinese), property.Name);
            Assert.True(english != chinese || Shared.Contains(property.Name), property.Name);
        }
    }

    [Fact]
    public void Every_problem_field_and_port_has_words_in_both()
    {
        foreach (Texts texts in Texts.Languages)
        {
            Assert.All(Enum.GetValues<SearchProblemKind>(), kind => Assert.Contains("detail!", texts.Problem(new SearchProblem(SearchField.Attributes, kind, "detail!", 3))
                + (kind is SearchProblemKind.ToBeforeFrom or SearchProblemKind.OpenQuote or SearchProblemKind.MissingValue or SearchProblemKind.Tags ? "detail!" : ""), StringComparison.Ordinal));
            Assert.Equal(Enum.GetValues<SearchField>().Length, Enum.GetValues<SearchField>().Select(texts.FieldName).Distinct().Count());
            Assert.Equal(Enum.GetValues<ListenerPurpose>().Length, Enum.GetValues<ListenerPurpose>().Select(texts.PortIsFor).Distinct().Count());
            Assert.Equal(ReceiverName.All.Count, ReceiverName.All.Select(texts.ReceiverWords).Except(ReceiverName.All).Distinct().Count());
            string[] reasons = [.. Enum.GetValues<RefusalReason>().Select(Refusals.Label), "queue-full", "kernel"];
            Assert.Equal(reasons.Length, reasons.Select(texts.Advice).Distinct().Count());
            Assert.Equal(Enum.GetValues<Sample>().Length, Enum.GetValues<Sample>().Select(texts.NoteOf).Distinct().Count());
        }
    }

    [Fact]
    public void Plurals_follow_the_number()
    {
        Assert.Equal("1 error", Texts.English.ErrorCount(1));
        Assert.Equal("5 errors", Texts.English.ErrorCount(5));
        Assert.Equal("1 span of cart points to a parent that has not arrived.", Texts.English.OrphansOf("cart", 1).ToString());
        Assert.Equal("The sender dropped 1 attribute and 2 events of this span.", Texts.English.Dropped(1, 2, 0));
        Assert.Equal("发送方丢弃了该跨度的 1 个属性、2 个事件。", Texts.Chinese.Dropped(1, 2, 0));
    }

    [Theory]
    [InlineData("1h", "Last hour", "最近 1 小时")]
    [InlineData("15m", "Last 15 minutes", "最近 15 分钟")]
    [InlineData("7d", "Last 7 days", "最近 7 天")]
    [InlineData("90s", "Last 90 seconds", "最近 90 秒")]
    [InlineData("soon", "soon", "soon")]
    public void Ranges_have_names(string last, string english, string chinese)
    {
        Assert.Equal(english, Texts.English.Last(last));
        Assert.Equal(chinese, Texts.Chinese.Last(last));
    }

    [Theory]
    [InlineData(0.0, "0 spans/s", "0 跨度/秒")]
    [InlineData(18_214.0, "18.2_k spans/s", "1.82_万 跨度/秒")]
    [InlineData(2_100_000.0, "2.10_M spans/s", "210.00_万 跨度/秒")]
    public void Rates_count_as_the_language_does(double rate, string english, string chinese)
    {
        Assert.Equal(english.Replace('_', Format.UnitSpace), Texts.English.SpansPerSecond(rate));
        Assert.Equal(chinese.Replace('_', Format.UnitSpace), Texts.Chinese.SpansPerSecond(rate));
    }

    [Theory]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("EN-gb", "en")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    public void Languages_are_found_by_their_first_part(string tag, string? code) => Assert.Equal(code, Texts.ByCode(tag)?.Code);
}
