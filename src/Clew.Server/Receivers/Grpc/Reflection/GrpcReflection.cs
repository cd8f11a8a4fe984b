using System.Buffers;
using System.Text;
using Clew.Server.Pipeline;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Clew.Server.Receivers.Grpc.Reflection;

/// <summary>
/// <c>grpc.reflection.v1.ServerReflection</c> and <c>v1alpha</c>, which differ only by name: tools such as grpcurl ask a port what it serves and how its
/// messages look. Any number of questions on one stream, each answered when it comes.
/// </summary>
internal static class GrpcReflection
{
    // A question holds one name.
    private const int QuestionBytesMax = 16 << 10;

    private static readonly string[] Services = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

    /// <param name="routes">The port's routes.</param>
    /// <param name="services">Full names of the services of this port.</param>
    public static void MapReflection(this IEndpointRouteBuilder routes, IEnumerable<string> services)
    {
        string[] all = [.. services.Concat(Services).Order(StringComparer.Ordinal)];
        foreach (string service in Services)
            routes.MapPost($"/{service}/ServerReflectionInfo", context => HandleAsync(context, all));
    }

    private static async Task HandleAsync(HttpContext context, string[] services)
    {
        if (!GrpcResponses.TryBegin(context))
            return;
        // A tool that waits for its user sends nothing for a while.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        RequestBodyReader.LiftServerLimit(context.Request);
        CancellationToken cancellation = context.RequestAborted;
        try
        {
            // Some clients ask only when they see that the stream is there.
            await context.Response.StartAsync(cancellation).ConfigureAwait(false);
            var responses = new GrpcResponseStream(context);
            while (await GrpcFraming.ReadStreamedAsync(context.Request.BodyReader, QuestionBytesMax, cancellation).ConfigureAwait(false) is { } question)
                await responses.WriteAsync(Answer(question, services)).ConfigureAwait(false);
            GrpcResponses.Succeed(context);
        }
        catch (GrpcException exception)
        {
            GrpcResponses.Fail(context, exception.Code, exception.Message);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && cancellation.IsCancellationRequested)
        {
            // The client has gone: nobody is left to be told.
        }
    }

    /// <summary>ServerReflectionResponse: 1 valid_host, 2 original_request, 4 to 7 the answer.</summary>
    private static ReadOnlyMemory<byte> Answer(byte[] question, string[] services)
    {
        (int kind, string host, string argument) = Read(question);
        var answer = new ArrayBufferWriter<byte>();
        answer.WriteString(1, host);
        answer.WriteMessage(2, question);
        switch (kind)
        {
            case 3 when DescriptorCatalog.Embedded.FindFile(argument) is { } files:
                WriteFiles(answer, files);
                break;
            case 4 when DescriptorCatalog.Embedded.FindSymbol(argument) is { } files:
                WriteFiles(answer, files);
                break;
            case 3 or 4 or 5 or 6:
                // The interfaces have no extensions.
                WriteError(answer, GrpcStatusCode.NotFound, $"there is no {Word(kind)} '{argument}'");
                break;
            case 7:
                WriteServices(answer, services);
                break;
            default:
                WriteError(answer, GrpcStatusCode.InvalidArgument, "the request asks for nothing that is known");
                break;
        }
        return answer.WrittenMemory;
    }

    /// <summary>ServerReflectionRequest: 1 host, and one of 3 file_by_filename, 4 file_containing_symbol, 5 file_containing_extension, 6 all_extension_numbers_of_type, 7 list_services.</summary>
    private static (int Kind, string Host, string Argument) Read(byte[] question)
    {
        int kind = 0;
        string host = "", argument = "";
        var fields = new MessageFields(question);
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == 1)
                host = Encoding.UTF8.GetString(value);
            else if (field is >= 3 and <= 7)
                (kind, argument) = (field, field == 5 ? "" : Encoding.UTF8.GetString(value));
        }
        return (kind, host, argument);
    }

    private static string Word(int kind) => kind switch
    {
        3 => "file",
        4 => "symbol",
        _ => "extension",
    };

    private static void WriteFiles(ArrayBufferWriter<byte> answer, IReadOnlyList<DescriptorFile> files)
    {
        var response = new ArrayBufferWriter<byte>();
        foreach (DescriptorFile file in files)
            response.WriteMessage(1, file.Bytes.Span);
        answer.WriteMessage(4, response.WrittenSpan);
    }

    private static void WriteServices(ArrayBufferWriter<byte> answer, string[] services)
    {
        var response = new ArrayBufferWriter<byte>();
        var service = new ArrayBufferWriter<byte>();
        foreach (string name in services)
        {
            service.ResetWrittenCount();
            service.WriteString(1, name);
            response.WriteMessage(1, service.WrittenSpan);
        }
        answer.WriteMessage(6, response.WrittenSpan);
    }

    private static void WriteError(ArrayBufferWriter<byte> answer, GrpcStatusCode code, string message)
    {
        var response = new ArrayBufferWriter<byte>();
        response.WriteInt64(1, (int)code);
        response.WriteString(2, message);
        answer.WriteMessage(7, response.WrittenSpan);
    }
}
