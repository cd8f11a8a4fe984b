namespace Clew.Server.Web;

internal sealed partial class ChineseTexts
{
    public override string FindTraces => "查询链路";

    public override string AttributesExample => "customer.tier=gold error.type=timeout http.response.status_code>=500";

    public override string Examples => "示例";

    public override string Last(string duration) => DurationText.TryParse(duration, out long ns) && Span(ns) is var (count, unit) ? $"最近 {count} {unit}" : duration;

    public override string FixedRange => "起止时间（UTC）";

    public override string From => "从";

    public override string To => "到";

    public override string Apply => "应用";

    public override string Filters => "筛选";

    public override string Reset => "重置";

    public override string Done => "完成";

    public override string Operation => "操作";

    public override string ChooseServiceFirst => "不限；选择服务后列出";

    public override string Any => "不限";

    public override string AnyStatus => "不限";

    public override string StatusOk => "正常";

    public override string StatusOkTitle => "链路中没有失败的跨度";

    public override string StatusError => "错误";

    public override string StatusErrorTitle => "满足其他条件的跨度失败";

    public override string OfTheTrace => "整条链路";

    public override string Min => "最短";

    public override string Max => "最长";

    public override string MinimumDuration => "最短耗时";

    public override string MaximumDuration => "最长耗时";

    public override string TracesOnAPage => "每页链路数";

    public override string ServicesInResults => "本页涉及的服务";

    public override string Results => "结果";

    public override string QuestionNotUnderstood => "查询条件有误";

    public override string TracesFound(int found, bool more) => more ? $"超过 {Format.Count(found)} 条链路" : $"{Format.Count(found)} 条链路";

    public override string WithErrors(int traces) => $"{Format.Count(traces)} 条有错误";

    public override string AnsweredIn(string duration, int? drawn) => drawn is { } points ? $"用时 {duration}；图中绘出 {Format.Count(points)} 条" : $"用时 {duration}";

    public override Phrase ResultsCut(string reason) => new(Phrase.Strong("查询被截断。"), " " + reason);

    public override string NothingInLast(string duration) => DurationText.TryParse(duration, out long ns) && Span(ns) is var (count, unit) ? $"最近 {count} {unit}内没有匹配的链路。" : NothingInRange;

    public override string NothingInRange => "该时间范围内没有匹配的链路。";

    public override string NoMoreTraces => "没有更多匹配的链路。";

    public override Phrase WouldMatchWithout(string condition, int count, bool more) => new("去掉 ", Phrase.Code(condition), $" 后有 {AtLeast(count, more)} 条匹配。");

    public override string WouldMatchInLast(string duration, int count, bool more) => $"{Last(duration)}内有 {AtLeast(count, more)} 条匹配。";

    public override string AtLeast(int count, bool more) => more ? $"超过 {Format.Count(count)}" : Format.Count(count);

    public override string DropIt => "去掉";

    public override string WidenTheRange => "扩大范围";

    public override string RowsShown(int rows, int found, bool more, bool continued) => continued ? $"更早的 {Format.Count(rows)} 条链路" : more ? $"第 1 – {Format.Count(rows)} 条，共超过 {Format.Count(found)} 条" : $"第 1 – {Format.Count(rows)} 条，共 {Format.Count(found)} 条";

    public override string NextRows(int rows) => $"后 {Format.Count(rows)} 条";

    public override string Newest => "回到最新";

    public override string PlotSentence(int points) => $"{Format.Count(points)} 条链路的耗时随时间分布（对数刻度），下方为各时段的数量";

    public override string PerBucket(int count, long bucketNs) =>
        bucketNs == 60_000_000_000 ? $"{Format.Count(count)}/min" : $"{Format.Count(count)} / {Format.Tick(bucketNs)}";

    public override string DurationFailed(string duration) => $"{duration}，失败";

    public override string OrphanSpans(int spans) => $"{Format.Count(spans)} 个跨度的父跨度尚未到达";

    public override string MoreServices(int services) => $"另有 {Format.Count(services)} 个服务";

    public override string FieldName(SearchField field) => field switch
    {
        SearchField.Attributes => Attributes,
        SearchField.Status => Status,
        SearchField.Min => MinimumDuration,
        SearchField.Max => MaximumDuration,
        SearchField.Range => "时间范围",
        SearchField.Limit => TracesOnAPage,
        _ => "分页",
    };

    public override string Problem(SearchProblem problem) => problem.Kind switch
    {
        SearchProblemKind.Duration => $"{At(problem)}“{problem.Detail}”不是时长：数字加单位 ns、us、ms、s、m、h、d。",
        SearchProblemKind.MaxBelowMin => $"最长耗时 {problem.Detail} 小于最短耗时。",
        SearchProblemKind.Time => $"“{problem.Detail}”不是时间：例如 2026-11-20 13:05 或 Unix 时间。",
        SearchProblemKind.ToBeforeFrom => "结束时间早于开始时间。",
        SearchProblemKind.OpenQuote => $"{At(problem)}引号未闭合。",
        SearchProblemKind.MissingKey => $"{At(problem)}“{problem.Detail}”前缺少键。",
        SearchProblemKind.MissingValue => $"{At(problem)}缺少值；空值写作 \"\"。",
        SearchProblemKind.Regex => $"{At(problem)}“{problem.Detail}”不是可用的正则表达式（不支持回溯）。",
        SearchProblemKind.Tags => $"tags 须为字符串组成的 JSON 对象：{{\"key\":\"value\"}}。",
        SearchProblemKind.TooMany => $"最多 {problem.Detail} 个条件。",
        SearchProblemKind.Number => $"“{problem.Detail}”不是正整数。",
        SearchProblemKind.Refused => problem.Detail,
        _ => $"此处不认识“{problem.Detail}”。",
    };
}
