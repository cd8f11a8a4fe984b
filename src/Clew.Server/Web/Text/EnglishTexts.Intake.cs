using Clew.Server.Pipeline;

namespace Clew.Server.Web;

internal sealed partial class EnglishTexts
{
    public override string Intake => "Intake";

    public override Phrase SentAndNothingHere => new("Sent something and nothing shows up? What was refused, and why, stands under");

    public override string Receiving(double spansPerSecond, string ago) => $"receiving {SpansPerSecond(spansPerSecond)}, the last {ago}";

    public override string SilentSince(string ago) => $"nothing arrives now; the last span came {ago}";

    public override string NothingSinceStart(string ago) => $"no span has arrived since the start {ago}";

    public override string RefusedSinceStart(long requests, long spans) => (requests, spans) switch
    {
        (_, 0) => $"{Count(requests, "request", "requests")} refused",
        (0, _) => $"{Count(spans, "span", "spans")} refused",
        _ => $"{Count(requests, "request", "requests")} and {Count(spans, "span", "spans")} refused",
    };

    public override string CountedSince(string time) => $"Counted since the start, {time} UTC";

    public override string NothingYetHelp => "Send to one of the ports below, with the protocol that stands beside it.";

    public override string ShowHowToSend => "How to send a first trace";

    public override string Receivers => "Receivers";

    public override string Receiver => "Receiver";

    public override string Port => "Port";

    public override string Queue(string name) => $"queue {name}";

    public override string SmallBuffer(string granted, string asked) => $"The system buffers {granted} instead of {asked}: bursts may be lost. Raise net.core.rmem_max.";

    public override string Requests => "Requests";

    public override string BytesHeader => "Received";

    public override string RefusedHeader => "Refused";

    public override string LastSpans => "Last spans";

    public override string Never => "never";

    public override string Senders => "Who sends";

    public override string ServicesSeen(int services) => Count(services, "service", "services");

    public override string MoreSenders(long count) => $"{Format.Count(count)} more, silent for longer, are not shown.";

    public override string Client => "Client library";

    public override string UnknownClient => "not named";

    public override string NoServiceName => "no service name";

    public override string NoSenders => "Services and the libraries they send with stand here once their first spans are stored.";

    public override string NothingRefused => "Nothing has been refused since the start.";

    public override string LastRefused => "Last refused";

    public override string FromClient(string userAgent) => $"from {userAgent}";

    public override string FirstBytesOf(int shown, int all) => shown == all ? $"all {Bytes(all)}" : $"first {Bytes(shown)} of {Format.Count(all)}";

    public override string RefusedUnread => "Refused before the body was read.";

    public override string ReceiverWords(string receiver) => receiver switch
    {
        ReceiverName.OtlpGrpc => "OTLP over gRPC",
        ReceiverName.OtlpHttp => "OTLP over HTTP",
        ReceiverName.Zipkin => "Zipkin over HTTP",
        ReceiverName.ZipkinGrpc => "Zipkin over gRPC",
        ReceiverName.ZipkinRabbitMq => "Zipkin from RabbitMQ",
        ReceiverName.JaegerGrpc => "Jaeger over gRPC",
        ReceiverName.JaegerHttp => "Jaeger Thrift over HTTP",
        ReceiverName.JaegerCompact => "Jaeger agent, compact, UDP",
        ReceiverName.JaegerBinary => "Jaeger agent, binary, UDP",
        _ => receiver,
    };

    public override string Advice(string reason) => reason switch
    {
        "malformed" => "The bytes are not what this receiver takes: compare protocol and encoding of the exporter with the port.",
        "wrong-method" => "A Thrift message that carries no spans: something else is sent to this port.",
        "truncated" => "It ends too early: cut on the way, or by a datagram limit of the client.",
        "too-large" => "Larger than limits.requestBytesMax or limits.requestBytesDecompressedMax: let the client send smaller batches.",
        "limit" => "More in one request than limits.* allow: let the client send smaller batches.",
        "encoding" => "Compressed in a way that is not understood: use gzip, deflate or none.",
        "media-type" => "The content type is none that this receiver takes.",
        "overload" => "More than could be stored in time; clients that try again lose nothing.",
        "store" => "The store took nothing: the server's log and /health/ready say why.",
        "aborted" => "The client gave up before its request was complete: look at its timeout.",
        "zero-trace-id" => "A span without a trace ID cannot be stored: the instrumentation does not set it.",
        "zero-span-id" => "A span without a span ID cannot be stored: the instrumentation does not set it.",
        "time-out-of-range" => "Start or end lies outside 1970 to 2262: probably in the wrong unit.",
        "queue-full" => "Datagrams came faster than they were decoded: raise ingest.udpQueueDatagramsMax, or use a TCP port.",
        "kernel" => "The system had no room for them: raise ingest.udpReceiveBufferBytes and net.core.rmem_max, or use a TCP port.",
        _ => "A fault in the server; its log says more.",
    };
}
