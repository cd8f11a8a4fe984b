namespace Clew.Server.Web;

internal sealed partial class ChineseTexts
{
    public override string Code => "zh-CN";

    public override string ShortName => "中文";

    public override string SwitchToThis => "切换到中文";

    public override string SkipToContent => "跳到正文";

    public override string MainNavigation => "主导航";

    public override string Search => "查询";

    public override string GoToTrace => "打开链路";

    public override string TraceId => "Trace ID";

    public override string SwitchTheme => "切换主题";

    public override string KeyboardAndHelp => "快捷键与帮助";

    public override string SpansPerSecond(double rate) => $"{Rate(rate)} 跨度/秒";

    public override string Refused(long count) => $"已拒绝 {Format.Count(count)} 次";

    public override string IntakeTitle(double rate, long refused) => refused == 0 ? $"接收：每秒 {Rate(rate)} 个跨度，无拒绝" : $"接收：每秒 {Rate(rate)} 个跨度，启动以来{Refused(refused)}";

    public override string TryAgain => "重试";

    public override Phrase StoreFailed(string reason) => new(Phrase.Strong("存储未能应答。"), " " + reason);

    public override string Close => "关闭";

    public override string CopyLink => "复制链接";

    public override string Download => "下载";

    public override string Duration => "耗时";

    public override string Errors => "错误";

    public override string Error => "错误";

    public override string ErrorCount(long errors) => $"{Format.Count(errors)} 个错误";

    public override string Service => "服务";

    public override string Services => "服务";

    public override string SpansHeader => "跨度";

    public override string SpanWord => "跨度";

    public override string Spans(long spans) => $"{Format.Count(spans)} 个跨度";

    public override string Trace => "链路";

    public override string StartUtc => "开始时间（UTC）";

    public override string Attributes => "属性";

    public override string Status => "状态";

    public override string Incomplete => "不完整";

    public override string NoName => "（无名称）";

    public override string NoTime => "无时间";

    public override string Empty => "（空）";

    public override string Ago(long ns) => ns < 0 ? "未来时间" : Age(ns) is var (count, unit) && unit.Length > 0 ? $"{Format.Count(count)} {unit}前" : "刚刚";

    public override string NoSuchPage => "没有该页面";
}
