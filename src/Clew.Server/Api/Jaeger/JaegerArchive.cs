using Clew.Model;
using Clew.Server.Archive;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger;

/// <summary><c>POST /api/archive/{id}</c>: keeps a trace whatever retention does. Jaeger's page has a button for it.</summary>
internal sealed class JaegerArchive(TraceLookup traces)
{
    public async Task ArchiveAsync(HttpContext context)
    {
        TraceId id = JaegerParameters.TraceIdOf(JaegerParameters.RoutedTraceId(context));
        try
        {
            if (!await traces.ArchiveAsync(id, context.RequestAborted))
                throw ApiException.NotFound("trace not found");
        }
        catch (ArchiveFullException error)
        {
            throw new ApiException(StatusCodes.Status507InsufficientStorage, error.Message);
        }
        // The one answer of Jaeger's with empty errors instead of none.
        await JsonAnswer.WriteAsync(context, JaegerEnvelope.Layout(context), static writer =>
        {
            JaegerEnvelope.Begin(writer);
            writer.WriteStartArray();
            writer.WriteEndArray();
            writer.WriteNumber("total"u8, 0);
            writer.WriteNumber("limit"u8, 0);
            writer.WriteNumber("offset"u8, 0);
            writer.WriteStartArray("errors"u8);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
