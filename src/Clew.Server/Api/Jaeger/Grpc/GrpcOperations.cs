using System.Buffers;
using Clew.Server.Receivers;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary>Writes <c>Operation {1 name, 2 span_kind}</c>, the same in both generations.</summary>
internal static class GrpcOperations
{
    public static void Write(IBufferWriter<byte> output, int field, IEnumerable<(string Name, string Kind)> operations)
    {
        var message = new ArrayBufferWriter<byte>();
        foreach ((string name, string kind) in operations)
        {
            message.ResetWrittenCount();
            message.WriteString(1, name);
            message.WriteString(2, kind);
            output.WriteMessage(field, message.WrittenSpan);
        }
    }
}
