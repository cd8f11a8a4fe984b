namespace Clew.Server.Web;

internal sealed partial class ChineseTexts
{
    public override string FirstTrace => "第一条链路";

    public override string NoSpansYet => "还没有跨度";

    public override string RunningAndListening => "Clew 已在运行并监听。从任意程序发送第一条链路，它会自动出现在这里。";

    public override string WaitingForFirstSpan => "等待第一个跨度";

    public override string ListeningHere => "本机监听";

    public override string Open => "已打开";

    public override string PortIsFor(ListenerPurpose purpose) => purpose switch
    {
        ListenerPurpose.OtlpGrpc => "OTLP（gRPC）",
        ListenerPurpose.OtlpHttp => "OTLP（HTTP，protobuf 或 JSON）",
        ListenerPurpose.Zipkin => "Zipkin",
        ListenerPurpose.JaegerHttp => "Jaeger Thrift（HTTP）",
        ListenerPurpose.JaegerGrpc => "Jaeger（gRPC）",
        ListenerPurpose.JaegerAgent => "Jaeger agent（UDP）",
        ListenerPurpose.QueryGrpc => "Jaeger 查询接口（gRPC）",
        _ => "本页面与查询接口",
    };

    public override Phrase BoundToLoopback(string setting) => new("仅绑定到回环地址。要接收其他机器的跨度，请以 ", Phrase.Code(setting), " 启动。");

    public override string HowToSend => "如何发送第一条链路";

    public override string CopyCode => "复制";

    public override string ProgrammingLanguage => "语言";

    public override string AddThePackages => "添加依赖包";

    public override string InProgramCs => "在 Program.cs 中";

    public override string AtStart => "程序启动时";

    public override string RunWithTheAgent => "带上 agent 运行";

    public override string StartIt => "启动";

    public override string SendOneSpan => "发送一个跨度";

    public override string CallYourProgram => "调用一次你的程序";

    public override string LookHere => "查看本页";

    public override string FirstTraceOpens => "它的第一条链路会在本页打开。";

    public override string NoteOf(Sample sample) => sample switch
    {
        Sample.CSharp => "已使用 OpenTelemetry SDK 的程序无需改代码，设置变量 OTEL_EXPORTER_OTLP_ENDPOINT 即可。",
        Sample.Go => "使用 jaeger-client-go 或 zipkin-go 的程序无需修改：Clew 监听它们的端口。",
        Sample.Java => "无需重新编译。Brave 的 reporter 发送到 Zipkin 端口，路径 /api/v2/spans。",
        Sample.JavaScript => "以 import 加载模块的程序用 --import 代替 --require。",
        Sample.Python => "Django、Flask、FastAPI、requests、SQLAlchemy 等会被自动识别。",
        _ => "跨度入库后应答为 {}，状态 200；立即可查。",
    };

    public override string Help => "帮助";

    public override string HelpAttributes => "属性框";

    public override string HelpAttributesText => "多个条件以空格分隔，同一个跨度须全部满足。值按文本比较；两边都是数字时按数字比较。";

    public override IReadOnlyList<(string Keys, string Meaning)> HelpConditions { get; } =
    [
        ("key=value", "等于该值；含空格的值加引号"), ("key!=value", "不等于该值"), ("key>5  key>=5  key<5  key<=5", "按数字比较"),
        ("key=~GET.*  key!~GET.*", "整个值匹配或不匹配正则表达式"), ("key", "存在该键"), ("error=true", "跨度失败"), ("span:duration>1s", "单个跨度耗时长"),
    ];

    public override string HelpFixedKeys => "非属性字段的键";

    public override string HelpFindText => "输入词语，或用引号括起的短语。只要其一出现在跨度的服务、名称，或属性、事件、资源的键、值、key=value 中，或等于其 Span ID，即为匹配。-key 表示忽略包含该词的键。";

    public override string HelpKeys => "快捷键";

    public override IReadOnlyList<(string Keys, string Meaning)> KeyMeanings { get; } =
    [
        ("/", "Trace ID 输入框"), ("f  b", "下一个、上一个跨度"), ("↑  ↓", "上一行、下一行"), ("→  ←", "展开、折叠该行"), ("Enter", "打开或关闭详情"), ("[  ]", "全部展开、折叠"), ("o  p", "展开、折叠一级"),
        ("e", "下一个错误"), ("y", "复制跨度链接"), ("Ctrl+b  Ctrl+f", "在链路中查找"), ("Esc", "关闭详情，显示整条链路"), ("?", "本页"),
    ];

    public override string HelpTimes => "所有时间均为 UTC。耗时保留三位有效数字。服务在各页颜色一致；红色总是表示错误。";
}
