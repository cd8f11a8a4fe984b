using System.Buffers;
using System.Text;
using Clew.Server.Receivers;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Sampling;

/// <summary><c>jaeger.api_v2.SamplingManager/GetSamplingStrategy</c> (<c>sampling.proto</c>).</summary>
internal static class SamplingGrpc
{
    public const string Service = "jaeger.api_v2.SamplingManager";

    public static UnaryGrpcMethod GetSamplingStrategy(ISamplingStrategies strategies) => new($"/{Service}/GetSamplingStrategy", null, async call =>
    {
        ReadOnlyMemory<byte> request = await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false);
        Write(call.Response, strategies.Of(ServiceName(request.Span)));
    });

    // SamplingStrategyParameters has the one field serviceName = 1; two bytes of length are enough for any name that is stored.
    private static string ServiceName(ReadOnlySpan<byte> request)
    {
        const byte serviceNameTag = 0x0A;
        if (request.IsEmpty)
            return "";
        if (request is [serviceNameTag, < 0x80, ..] && request[1] == request.Length - 2)
            return Encoding.UTF8.GetString(request[2..]);
        if (request is [serviceNameTag, >= 0x80, < 0x80, ..] && ((request[1] & 0x7F) | (request[2] << 7)) == request.Length - 3)
            return Encoding.UTF8.GetString(request[3..]);
        throw new GrpcException(GrpcStatusCode.InvalidArgument, "not a SamplingStrategyParameters with a serviceName of at most 16383 bytes");
    }

    private static void Write(IBufferWriter<byte> response, SamplingStrategy strategy)
    {
        response.WriteInt64(1, (int)strategy.Type);
        var part = new ArrayBufferWriter<byte>();
        if (strategy.Type == SamplingType.Probabilistic)
        {
            part.WriteDouble(1, strategy.Probability);
            response.WriteMessage(2, part.WrittenSpan);
        }
        else
        {
            part.WriteInt64(1, strategy.TracesPerSecondMax);
            response.WriteMessage(3, part.WrittenSpan);
        }
        if (strategy.Operations is { } operations)
            response.WriteMessage(4, Operations(operations));
    }

    private static ReadOnlySpan<byte> Operations(OperationSampling operations)
    {
        var message = new ArrayBufferWriter<byte>();
        message.WriteDouble(1, operations.DefaultProbability);
        message.WriteDouble(2, operations.LowerBoundTracesPerSecond);
        var operation = new ArrayBufferWriter<byte>();
        var probability = new ArrayBufferWriter<byte>();
        foreach (OperationProbability one in operations.Probabilities)
        {
            operation.ResetWrittenCount();
            probability.ResetWrittenCount();
            probability.WriteDouble(1, one.Probability);
            operation.WriteString(1, one.Operation);
            operation.WriteMessage(2, probability.WrittenSpan);
            message.WriteMessage(3, operation.WrittenSpan);
        }
        return message.WrittenSpan;
    }
}
