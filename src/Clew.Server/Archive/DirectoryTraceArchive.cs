using System.Buffers;
using System.Text.Json;
using Clew.Formats;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Server.Api;
using Clew.Storage;

namespace Clew.Server.Archive;

/// <summary>
/// Keeps archived traces in a directory, one file each: <c>TRACE-ID.json</c>, one object of OTLP JSON, which <c>clew import</c> and every OTLP receiver take. A file
/// is written beside its place, to the disk, and moved into it, so that it is the old one or the new one, never half of one. A trace is removed by removing its file.
/// </summary>
/// <remarks>
/// What OTLP has no fields for is not kept; see <see cref="OtlpProtobufEncoder"/>. One process a directory: the bytes in it are counted when it is opened and
/// from then on as they are written, files removed meanwhile are noticed when the archive is full.
/// </remarks>
internal sealed class DirectoryTraceArchive : ITraceArchive, IDisposable
{
    private const string Extension = ".json";
    private const string Unfinished = ".unfinished";

    // What is in the store has been under the limits of requests, but a trace comes of many requests.
    private const int Rows = 1 << 28;

    private static readonly SpanBatchLimits NoLimits = new()
    {
        SpansMax = Rows,
        SpanAttributesMax = Rows,
        OtherAttributesMax = Rows,
        ElementsMax = Rows,
        EventsMax = Rows,
        LinksMax = Rows,
        ResourcesMax = Rows,
        DepthMax = 100,
    };

    private readonly string directory;
    private readonly long bytesMax;

    // One writer at a time: it reads what is there, adds, and counts.
    private readonly SemaphoreSlim writing = new(1);
    private long bytes;

    /// <param name="directory">Created when it is not there.</param>
    /// <param name="bytesMax">Of all files together.</param>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be used.</exception>
    public DirectoryTraceArchive(string directory, long bytesMax)
    {
        this.directory = Directory.CreateDirectory(directory).FullName;
        this.bytesMax = bytesMax;
        foreach (string left in Directory.EnumerateFiles(this.directory, "*" + Extension + Unfinished).Where(IsOurs))
            File.Delete(left);
        bytes = CountBytes();
    }

    public async ValueTask AddAsync(Trace trace, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            string path = PathOf(trace.Id);
            byte[]? before = await ReadAsync(path, cancellationToken);
            // Compared as it will be read: OTLP drops a little of what spans of other formats carry.
            byte[] next = Encode(Decode(path, Encode(trace)).Union(before is null ? null : Decode(path, before)));
            EnsureRoom(next.Length - (before?.Length ?? 0));
            await WriteAsync(path, next, cancellationToken);
            bytes += next.Length - (before?.Length ?? 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"the archive in {directory} cannot be written: {error.Message}", error);
        }
        finally
        {
            writing.Release();
        }
    }

    public async ValueTask<Trace?> GetAsync(TraceId traceId, CancellationToken cancellationToken)
    {
        string path = PathOf(traceId);
        try
        {
            return await ReadAsync(path, cancellationToken) is { } file ? Decode(path, file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"the archived trace {path} cannot be read: {error.Message}", error);
        }
    }

    public void Dispose() => writing.Dispose();

    // Whoever names a directory may have other files in it.
    private static bool IsOurs(string path) =>
        Path.GetFileName(path).Split('.')[0] is { Length: TraceId.HexLength } name && TraceId.TryParse(name, out _);

    private string PathOf(TraceId id) => Path.Combine(directory, id + Extension);

    private long CountBytes() => new DirectoryInfo(directory).EnumerateFiles("*" + Extension).Sum(static file => file.Length);

    private void EnsureRoom(long added)
    {
        if (bytes + added > bytesMax)
            bytes = CountBytes();
        if (bytes + added > bytesMax)
            throw new ArchiveFullException($"the archive is full: it holds {bytes} bytes of at most {bytesMax}, the trace takes {added} more");
    }

    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        string beside = path + Unfinished;
        await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    private static byte[] Encode(Trace trace)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
            OtlpJsonEncoder.Write(writer, trace.Spans);
        return buffer.WrittenSpan.ToArray();
    }

    private static Trace Decode(string path, byte[] content)
    {
        try
        {
            var id = TraceId.Parse(Path.GetFileNameWithoutExtension(path));
            Span[] spans = [.. SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, content, new SpanBatchBuilder(NoLimits))).Where(span => span.TraceId == id)];
            return spans.Length > 0 ? new Trace(id, spans) : throw new StoreUnavailableException($"the archived trace {path} has no spans of its id");
        }
        catch (SpanFormatException error)
        {
            throw new StoreUnavailableException($"the archived trace {path} is damaged: {error.Message}", error);
        }
    }
}
