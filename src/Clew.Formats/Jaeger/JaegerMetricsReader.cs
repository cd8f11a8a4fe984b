using System.Text;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Reads the requests of <c>jaeger.api_v2.metrics.MetricsQueryService</c> (jaeger-idl, <c>metricsquery.proto</c>).</summary>
public static class JaegerMetricsReader
{
    private const uint Base = 1 << 3 | WireType.LengthDelimited;
    private const uint Quantile = 2 << 3 | WireType.Fixed64;
    private const uint ServiceName = 1 << 3 | WireType.LengthDelimited;
    private const uint GroupByOperation = 2 << 3 | WireType.Varint;
    private const uint EndTime = 3 << 3 | WireType.LengthDelimited;
    private const uint Lookback = 4 << 3 | WireType.LengthDelimited;
    private const uint Step = 5 << 3 | WireType.LengthDelimited;
    private const uint RatePer = 6 << 3 | WireType.LengthDelimited;
    private const uint SpanKind = 7 << 3 | WireType.Varint;
    private const uint SpanKindsPacked = 7 << 3 | WireType.LengthDelimited;

    private static readonly ProtobufMessage Request = new("GetLatenciesRequest", (1, "baseRequest"), (2, "quantile"));

    private static readonly ProtobufMessage BaseRequest = new(
        "MetricsQueryBaseRequest", (1, "service_names"), (2, "groupByOperation"), (3, "end_time"), (4, "lookback"), (5, "step"), (6, "ratePer"), (7, "spanKinds"));

    /// <summary>Any of the three questions: those for calls and errors are the one for latencies without a quantile.</summary>
    /// <exception cref="SpanFormatException">Not such a message.</exception>
    public static JaegerMetricsRequest Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, SpanBatchLimits.Default.DepthMax);
        var request = new JaegerMetricsRequest();
        uint tag;
        while ((tag = reader.ReadTag(Request)) != 0)
        {
            switch (tag)
            {
                case Base:
                    ReadBase(ref reader, request);
                    break;
                case Quantile:
                    request.Quantile = reader.ReadDouble(Request);
                    break;
                default:
                    reader.SkipUnknown(Request);
                    break;
            }
        }
        return request;
    }

    private static void ReadBase(ref ProtobufReader reader, JaegerMetricsRequest request)
    {
        int outerEnd = reader.Enter(Request);
        uint tag;
        while ((tag = reader.ReadTag(BaseRequest)) != 0)
        {
            switch (tag)
            {
                case ServiceName:
                    request.Services.Add(Encoding.UTF8.GetString(reader.ReadBytes(BaseRequest)));
                    break;
                case GroupByOperation:
                    request.ByOperation = reader.ReadVarint(BaseRequest) != 0;
                    break;
                case EndTime:
                    request.EndNs = ProtobufTime.ReadNs(ref reader, BaseRequest);
                    break;
                case Lookback:
                    request.LookbackNs = ProtobufTime.ReadNs(ref reader, BaseRequest);
                    break;
                case Step:
                    request.StepNs = ProtobufTime.ReadNs(ref reader, BaseRequest);
                    break;
                case RatePer:
                    request.RatePerNs = ProtobufTime.ReadNs(ref reader, BaseRequest);
                    break;
                case SpanKind:
                    request.Kinds.Add(reader.ReadVarint(BaseRequest));
                    break;
                case SpanKindsPacked:
                    ReadKinds(ref reader, request);
                    break;
                default:
                    reader.SkipUnknown(BaseRequest);
                    break;
            }
        }
        reader.Leave(outerEnd);
    }

    // As proto3 writes repeated numbers: one after the other without tags.
    private static void ReadKinds(ref ProtobufReader reader, JaegerMetricsRequest request)
    {
        int outerEnd = reader.Enter(BaseRequest);
        while (reader.Remaining.Length > 0)
            request.Kinds.Add(reader.ReadVarint(BaseRequest));
        reader.Leave(outerEnd);
    }
}
