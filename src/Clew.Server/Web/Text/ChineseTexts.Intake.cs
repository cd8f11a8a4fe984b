using Clew.Server.Pipeline;

namespace Clew.Server.Web;

internal sealed partial class ChineseTexts
{
    public override string Intake => "接收";

    public override Phrase SentAndNothingHere => new("已发送却没有出现？被拒绝的内容与原因见");

    public override string Receiving(double spansPerSecond, string ago) => $"正在接收，{SpansPerSecond(spansPerSecond)}，最近一次在 {ago}";

    public override string SilentSince(string ago) => $"目前没有数据，最后一个跨度在 {ago}到达";

    public override string NothingSinceStart(string ago) => $"自 {ago}启动以来没有跨度到达";

    public override string RefusedSinceStart(long requests, long spans) => (requests, spans) switch
    {
        (_, 0) => $"已拒绝 {Format.Count(requests)} 个请求",
        (0, _) => $"已拒绝 {Format.Count(spans)} 个跨度",
        _ => $"已拒绝 {Format.Count(requests)} 个请求、{Format.Count(spans)} 个跨度",
    };

    public override string CountedSince(string time) => $"自启动起统计，{time} UTC";

    public override string NothingYetHelp => "按下表所列协议，发送到对应端口。";

    public override string ShowHowToSend => "如何发送第一条链路";

    public override string Receivers => "接收端";

    public override string Receiver => "接收端";

    public override string Port => "端口";

    public override string Queue(string name) => $"队列 {name}";

    public override string SmallBuffer(string granted, string asked) => $"系统缓冲区为 {granted}，而非所请求的 {asked}：突发数据可能丢失。请调大 net.core.rmem_max。";

    public override string Requests => "请求";

    public override string BytesHeader => "接收量";

    public override string RefusedHeader => "拒绝";

    public override string LastSpans => "最近跨度";

    public override string Never => "从未";

    public override string Senders => "发送方";

    public override string ServicesSeen(int services) => $"{Format.Count(services)} 个服务";

    public override string MoreSenders(long count) => $"另有 {Format.Count(count)} 条较久未发送，未列出。";

    public override string Client => "客户端库";

    public override string UnknownClient => "未注明";

    public override string NoServiceName => "无服务名";

    public override string NoSenders => "首批跨度入库后，这里列出服务及其所用的客户端库。";

    public override string NothingRefused => "启动以来没有拒绝任何数据。";

    public override string LastRefused => "最近一次被拒绝";

    public override string FromClient(string userAgent) => $"来自 {userAgent}";

    public override string FirstBytesOf(int shown, int all) => shown == all ? $"全部 {Bytes(all)}" : $"前 {Bytes(shown)}，共 {Format.Count(all)}";

    public override string RefusedUnread => "读取正文之前即被拒绝。";

    public override string ReceiverWords(string receiver) => receiver switch
    {
        ReceiverName.OtlpGrpc => "OTLP（gRPC）",
        ReceiverName.OtlpHttp => "OTLP（HTTP）",
        ReceiverName.Zipkin => "Zipkin（HTTP）",
        ReceiverName.ZipkinGrpc => "Zipkin（gRPC）",
        ReceiverName.ZipkinRabbitMq => "Zipkin（RabbitMQ）",
        ReceiverName.JaegerGrpc => "Jaeger（gRPC）",
        ReceiverName.JaegerHttp => "Jaeger Thrift（HTTP）",
        ReceiverName.JaegerCompact => "Jaeger agent，compact（UDP）",
        ReceiverName.JaegerBinary => "Jaeger agent，binary（UDP）",
        _ => receiver,
    };

    public override string Advice(string reason) => reason switch
    {
        "malformed" => "内容不是该接收端所接受的格式：请核对导出器的协议、编码与端口。",
        "wrong-method" => "不含跨度的 Thrift 消息：有其他数据发到了该端口。",
        "truncated" => "数据不完整：途中被截断，或超出客户端的数据报上限。",
        "too-large" => "超过 limits.requestBytesMax 或 limits.requestBytesDecompressedMax：请让客户端减小批次。",
        "limit" => "单个请求的内容超过 limits.* 的上限：请让客户端减小批次。",
        "encoding" => "压缩方式无法识别：请用 gzip、deflate 或不压缩。",
        "media-type" => "该接收端不接受此 Content-Type。",
        "overload" => "来不及入库；会重试的客户端不会丢失数据。",
        "store" => "存储未接受数据：原因见服务器日志与 /health/ready。",
        "aborted" => "客户端在请求完成前放弃：请检查其超时设置。",
        "zero-trace-id" => "没有 trace ID 的跨度无法入库：插桩代码未设置。",
        "zero-span-id" => "没有 span ID 的跨度无法入库：插桩代码未设置。",
        "time-out-of-range" => "开始或结束时间不在 1970 至 2262 年之间：可能单位有误。",
        "queue-full" => "数据报到达快于解码：请调大 ingest.udpQueueDatagramsMax，或改用 TCP 端口。",
        "kernel" => "系统缓冲区已满：请调大 ingest.udpReceiveBufferBytes 与 net.core.rmem_max，或改用 TCP 端口。",
        _ => "服务器内部故障，详见其日志。",
    };
}
