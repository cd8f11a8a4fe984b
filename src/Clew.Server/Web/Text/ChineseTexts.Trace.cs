namespace Clew.Server.Web;

internal sealed partial class ChineseTexts
{
    public override string RootTook(string duration) => $"根跨度 {duration}";

    public override string Depth => "深度";

    public override string CopyTraceId => "复制 Trace ID";

    public override string CopySpanId => "复制 Span ID";

    public override string SelfTime => "自身耗时";

    public override string SelfTimeByService => "按服务统计，不含对其他服务的调用";

    public override string Percent(double percent) => $"{percent:0}{Format.UnitSpace}%";

    public override string MoreShares(int services, double percent) => $"其余 {Format.Count(services)} 项 {Percent(percent)}";

    public override Phrase OrphansOf(string service, int spans) => new(Phrase.Strong($"{service} 有 {Format.Count(spans)} 个跨度"), "的父跨度尚未到达。");

    public override string LookAgain => "重新加载";

    public override string Views => "视图";

    public override string Timeline => "时间线";

    public override string FindInTrace => "在链路中查找";

    public override string MatchOf(int at, int matches) => matches == 0 ? "无匹配" : at > 0 ? $"第 {Format.Count(at)} / {Format.Count(matches)} 个" : $"{Format.Count(matches)} 个匹配";

    public override string PreviousMatch => "上一个";

    public override string NextMatch => "下一个";

    public override string ClearFind => "清除查找";

    public override string Fold => "折叠";

    public override string FoldAll => "全部折叠 ]";

    public override string UnfoldAll => "全部展开 [";

    public override string FoldLevel => "折叠一级 p";

    public override string UnfoldLevel => "展开一级 o";

    public override string All => "全部";

    public override string Level => "层级";

    public override string NameColumnWidth => "名称列宽度";

    public override string OverviewSentence => "按深度的总览，拖动可缩放。";

    public override string SpansBelow(int spans) => $"下含 {Format.Count(spans)} 个跨度";

    public override string ErrorsFolded(int errors) => $"折叠部分含 {Format.Count(errors)} 个错误";

    public override string ParentNotReceived(string id) => $"父跨度 {id[..8]}… 未收到";

    public override string StartAndDuration(string start, string duration) => $"开始 {start}，耗时 {duration}";

    public override string Events(int events) => $"{Format.Count(events)} 个事件";

    public override string SpansInRows(int spans, int rows, int folded) => folded > 0 ? $"{Format.Count(spans)} 个跨度，{Format.Count(rows)} 行，{Format.Count(folded)} 个已折叠" : $"{Format.Count(spans)} 个跨度";

    public override string RowsNavigation => "时间线分段";

    public override string RowsFromTo(int from, int to) => $"第 {Format.Count(from)} – {Format.Count(to)} 行";

    public override string NextPreviousSpan => "下一个、上一个跨度";

    public override string UnfoldFoldAll => "全部展开、折叠";

    public override string NextError => "下一个错误";

    public override string AllKeys => "全部快捷键";

    public override string Start => "开始";

    public override string Self => "自身";

    public override string Kind => "类型";

    public override string FindSimilarTraces => "查找相似链路";

    public override string CopyAsJson => "复制为 JSON";

    public override string EventsHeader => "事件";

    public override string RelativeToSpanStart => "相对跨度开始";

    public override string StackTrace(int lines) => $"堆栈，{Format.Count(lines)} 行";

    public override string LinksHeader => "链接";

    public override string FollowsFrom => "跟随自";

    public override string LinksTo => "指向";

    public override string ReferencedBy => "被引用";

    public override string SpanNamed(string id) => $"跨度 {id}";

    public override string Resource => "资源";

    public override string Scope => "作用域";

    public override string LocalEndpoint => "本地端点";

    public override string RemoteEndpoint => "远端端点";

    public override string TraceState => "Trace state";

    public override string Bytes(int bytes) => $"{Format.Count(bytes)} 字节";

    public override string LongText(string start, int length) => $"{start}… 共 {Format.Count(length)} 个字符";

    public override string Dropped(uint attributes, uint events, uint links) => $"发送方丢弃了该跨度的 {List([(attributes, "个属性"), (events, "个事件"), (links, "个链接")])}。";

    public override string NegativeDuration => "发送方给出的结束时间早于开始时间，耗时已置零。";

    public override string Truncated => "至少有一个值超过长度上限，已被截断。";

    public override string NoTrace => "没有该链路";

    public override string NoTraceNamed(string id) => $"没有链路 {id}";

    public override string NotATraceId(string text) => text.Length == 0 ? "未给出 Trace ID" : $"“{text}”不是 Trace ID";

    public override string TraceIdsAre => "Trace ID 由 1 到 32 位十六进制数字组成。";

    public override string KeptAre(long traces, long spans) => $"目前保留 {Format.Count(traces)} 条链路、{Format.Count(spans)} 个跨度；存储满时最早的先被清除。";

    public override string LateSpans => "跨度可能还在途中：发送方通常会攒几秒再发送。";
}
