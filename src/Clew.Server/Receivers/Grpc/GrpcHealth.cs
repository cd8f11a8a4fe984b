using System.Text;

namespace Clew.Server.Receivers.Grpc;

/// <summary><c>grpc.health.v1.Health/Check</c> (gRPC health checking protocol). Watch is left to UNIMPLEMENTED, on which clients fall back to Check.</summary>
internal static class GrpcHealth
{
    private const int Serving = 1;
    private const int NotServing = 2;

    // HealthCheckRequest has the one field service = 1; its names are short.
    private const int ServiceTag = 0x0A;

    /// <param name="services">Gives the application's lifetime.</param>
    /// <param name="names">Full names of the services whose health may be asked for; "" stands for the server and is always known.</param>
    public static UnaryGrpcMethod Check(IServiceProvider services, IReadOnlyList<string> names)
    {
        CancellationToken stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return new UnaryGrpcMethod("/grpc.health.v1.Health/Check", null, async call =>
        {
            ReadOnlyMemory<byte> request = await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false);
            string name = ServiceName(request.Span);
            if (name.Length > 0 && !names.Contains(name))
                throw new GrpcException(GrpcStatusCode.NotFound, $"no service {name}");
            call.Response.WriteInt64(1, stopping.IsCancellationRequested ? NotServing : Serving);
        });
    }

    private static string ServiceName(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty)
            return "";
        if (request.Length < 2 || request[0] != ServiceTag || request[1] >= 0x80 || request[1] != request.Length - 2)
            throw new GrpcException(GrpcStatusCode.InvalidArgument, "not a HealthCheckRequest with a service name of at most 127 bytes");
        return Encoding.UTF8.GetString(request[2..]);
    }
}
