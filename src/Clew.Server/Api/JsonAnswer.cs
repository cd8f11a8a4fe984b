using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Clew.Server.Api;

/// <summary>Writes JSON answers: short ones whole with their length, long ones as they are made.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    // Large enough that answers of many small traces are not one packet each, small enough that the client sees the first at once.
    private const int FlushBytes = 64 << 10;

    /// <summary>JSON is never embedded in a page here, so text stays readable instead of being escaped for HTML.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Indented(int spaces) => Compact with { Indented = true, IndentSize = spaces, NewLine = "\n" };

    /// <summary>One whole answer; <paramref name="write"/> fills it.</summary>
    public static Task WriteAsync(HttpContext context, JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = ContentType;
        return WriteBytesAsync(context, Serialize(options, write));
    }

    public static ReadOnlyMemory<byte> Serialize(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, options);
        write(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public static async Task WriteBytesAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>
    /// An answer with items written one after the other while they are fetched. The first is fetched before anything is sent, so that a
    /// store that cannot answer still leads to an error answer.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="options">How to lay it out.</param>
    /// <param name="begin">Writes what stands before the items.</param>
    /// <param name="items">What to write.</param>
    /// <param name="writeItem">Writes one item.</param>
    /// <param name="end">Writes what stands after the items.</param>
    public static async Task StreamAsync<T>(
        HttpContext context, JsonWriterOptions options, Action<Utf8JsonWriter> begin, IAsyncEnumerable<T> items, Action<Utf8JsonWriter, T> writeItem, Action<Utf8JsonWriter> end)
    {
        CancellationToken cancellation = context.RequestAborted;
        await using IAsyncEnumerator<T> next = items.GetAsyncEnumerator(cancellation);
        bool any = await next.MoveNextAsync();
        context.Response.ContentType = ContentType;
        await context.Response.StartAsync(cancellation);
        PipeWriter body = context.Response.BodyWriter;
        await using var writer = new Utf8JsonWriter(body, options);
        begin(writer);
        for (; any; any = await next.MoveNextAsync())
        {
            writeItem(writer, next.Current);
            writer.Flush();
            if (body.UnflushedBytes >= FlushBytes)
                await body.FlushAsync(cancellation);
        }
        end(writer);
        writer.Flush();
    }
}
