using System.Text;
using Clew.Tracing.Exporters.Delivery;

namespace Clew.Tracing.Tests.Exporters;

public sealed class DiskSpoolTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("clew-spool").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_oldest_give_way_when_it_is_full_and_their_spans_are_told()
    {
        // Room for two: a small file counts as a block of 4 KiB.
        using DiskSpool spool = Create(bytesMax: 2 * 4096);

        Assert.Equal(0, spool.Write(Request("a", spans: 3, stamp: 1)));
        Assert.Equal(0, spool.Write(Request("b", spans: 4, stamp: 2)));
        Assert.Equal(3, spool.Write(Request("c", spans: 5, stamp: 3)));

        Assert.Equal(["b", "c"], TakeAll(spool));
    }

    [Fact]
    public void Requests_come_back_in_the_order_they_were_made_whatever_the_order_they_were_written()
    {
        using DiskSpool spool = Create();
        foreach (int stamp in new[] { 3, 1, 20, 2 })
            spool.Write(Request($"{stamp}", spans: 1, stamp));

        Assert.Equal(["1", "2", "3", "20"], TakeAll(spool));
    }

    [Fact]
    public void Only_one_owns_it_until_it_is_closed()
    {
        using DiskSpool first = Create();
        using DiskSpool second = Create();

        Assert.True(first.TryOwn());
        Assert.False(second.TryOwn());
        first.Dispose();
        Assert.True(second.TryOwn());
    }

    [Fact]
    public void A_file_under_its_temporary_name_is_not_a_request_and_a_stranger_is_left_alone()
    {
        using DiskSpool spool = Create();
        File.WriteAllText(Path.Combine(directory, "0000000000000001-abc-1.request.tmp"), "half");
        File.WriteAllText(Path.Combine(directory, "notes.request"), "mine");

        Assert.Empty(TakeAll(spool));
        Assert.True(File.Exists(Path.Combine(directory, "notes.request")));
    }

    private DiskSpool Create(long bytesMax = 1_000_000) => new(directory, bytesMax, TimeProvider.System);

    private static EncodedRequest Request(string body, int spans, long stamp)
    {
        EncodedRequest request = EncodedRequest.CopyOf(Encoding.UTF8.GetBytes(body), spans);
        request.Stamp = stamp;
        return request;
    }

    private static List<string> TakeAll(DiskSpool spool)
    {
        Assert.True(spool.TryOwn());
        spool.List();
        var bodies = new List<string>();
        while (spool.TakeOldest() is { } request)
        {
            bodies.Add(Encoding.UTF8.GetString(request.Body.Span));
            spool.Delete(request.SpooledAs!);
        }
        return bodies;
    }
}
