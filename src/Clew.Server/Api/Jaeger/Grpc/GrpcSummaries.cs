using System.Buffers;
using Clew.Model;
using Clew.Server.Receivers;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary>Writes api_v3's <c>TraceSummary</c> as field 1 of the message around it.</summary>
internal static class GrpcSummaries
{
    public static void Write(IBufferWriter<byte> output, TraceSummary summary)
    {
        var message = new ArrayBufferWriter<byte>();
        message.WriteString(1, summary.TraceId.ToString());
        message.WriteString(2, summary.RootServiceName);
        message.WriteString(3, summary.RootName);
        message.WriteFixed64(4, (ulong)summary.StartNs);
        message.WriteFixed64(5, (ulong)(summary.StartNs + summary.DurationNs));
        message.WriteInt64(6, summary.SpanCount);
        message.WriteInt64(7, summary.ErrorCount);
        message.WriteInt64(8, summary.OrphanCount);
        var share = new ArrayBufferWriter<byte>();
        foreach (ServiceSummary service in summary.Services)
        {
            share.ResetWrittenCount();
            share.WriteString(1, service.Name);
            share.WriteInt64(2, service.SpanCount);
            share.WriteInt64(3, service.ErrorCount);
            message.WriteMessage(9, share.WrittenSpan);
        }
        output.WriteMessage(1, message.WrittenSpan);
    }
}
