using Clew.Model;
using Clew.Server.Archive;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Archive;

public sealed class TraceArchiveTests : IDisposable
{
    private static readonly Span Root = Span(1, 2).With(("n", 5), ("text", "ü")).WithEvent("retry", ("attempt", 2));
    private static readonly Span Child = Span(1, 3, parent: 2, service: "stock", name: "reserve") with { Kind = SpanKind.Server, Status = StatusCode.Error };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-archive-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trace_is_given_back_as_it_was_kept(bool onDisk)
    {
        ITraceArchive archive = Open(onDisk);

        await archive.AddAsync(new Trace(Root.TraceId, [Root, Child]), default);

        Assert.Equal([Root, Child], (await archive.GetAsync(Root.TraceId, default))!.Spans);
        Assert.Null(await archive.GetAsync(new TraceId(0, 9), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Archiving_what_is_left_of_a_trace_later_loses_nothing(bool onDisk)
    {
        ITraceArchive archive = Open(onDisk);
        await archive.AddAsync(new Trace(Root.TraceId, [Root, Child]), default);

        await archive.AddAsync(new Trace(Root.TraceId, [Child, Span(1, 4)]), default);

        Assert.Equal([Root, Child, Span(1, 4)], (await archive.GetAsync(Root.TraceId, default))!.Spans.OrderBy(span => span.SpanId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_archive_refuses_and_keeps_what_it_has(bool onDisk)
    {
        ITraceArchive archive = Open(onDisk, bytesMax: 2000);
        await archive.AddAsync(new Trace(Root.TraceId, [Root]), default);
        var large = new Trace(new TraceId(0, 9), [Span(9, 1).With(("text", new string('x', 3000)))]);

        var refusal = await Assert.ThrowsAsync<ArchiveFullException>(() => archive.AddAsync(large, default).AsTask());

        Assert.Contains("of at most 2000", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await archive.GetAsync(large.Id, default));
        await archive.AddAsync(new Trace(Root.TraceId, [Root]), default);
        Assert.Equal([Root], (await archive.GetAsync(Root.TraceId, default))!.Spans);
    }

    [Fact]
    public async Task What_is_in_the_directory_is_there_after_a_restart_and_counts()
    {
        await Open(onDisk: true).AddAsync(new Trace(Root.TraceId, [Root]), default);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{Root.TraceId}.json.unfinished"), "half of someth");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "letter.json.unfinished"), "not ours");
        long bytes = Assert.Single(folder.GetFiles("*.json")).Length;

        using var again = new DirectoryTraceArchive(folder.FullName, bytes + 100);

        Assert.Equal([Root], (await again.GetAsync(Root.TraceId, default))!.Spans);
        Assert.Equal([$"{Root.TraceId}.json", "letter.json.unfinished"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<ArchiveFullException>(() => again.AddAsync(new Trace(new TraceId(0, 9), [Span(9, 1)]), default).AsTask());
        folder.GetFiles("*.json").Single().Delete();
        await again.AddAsync(new Trace(new TraceId(0, 9), [Span(9, 1)]), default);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_left_alone()
    {
        using var archive = new DirectoryTraceArchive(folder.FullName, 1 << 20);
        string path = Path.Combine(folder.FullName, $"{Root.TraceId}.json");
        await File.WriteAllTextAsync(path, "{\"resourceSpans\":[{]}");

        var reading = await Assert.ThrowsAsync<StoreUnavailableException>(() => archive.GetAsync(Root.TraceId, default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => archive.AddAsync(new Trace(Root.TraceId, [Root]), default).AsTask());

        Assert.Contains(path, reading.Message, StringComparison.Ordinal);
        Assert.Equal("{\"resourceSpans\":[{]}", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_span_of_zipkin_is_kept_once_though_otlp_has_no_fields_for_all_of_it()
    {
        using var archive = new DirectoryTraceArchive(folder.FullName, 1 << 20);
        Span span = Span(1, 2) with { Traits = SpanTraits.Shared, LocalEndpoint = new Endpoint("web", null, null, 80) };

        for (int i = 0; i < 2; i++)
            await archive.AddAsync(new Trace(span.TraceId, [span]), default);

        Assert.Single((await archive.GetAsync(span.TraceId, default))!.Spans);
    }

    [Fact]
    public async Task Traces_can_be_archived_at_once()
    {
        ITraceArchive archive = Open(onDisk: true);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => archive.AddAsync(new Trace(Root.TraceId, [Span(1, (ulong)(i + 1))]), default).AsTask()));

        Assert.Equal(40, (await archive.GetAsync(Root.TraceId, default))!.Spans.Count);
    }

    private ITraceArchive Open(bool onDisk, long bytesMax = 1 << 20) => onDisk ? new DirectoryTraceArchive(folder.FullName, bytesMax) : new MemoryTraceArchive(bytesMax);
}
