using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadBoundTests
{
    [Fact]
    public void A_head_says_what_it_has_room_for()
    {
        var head = new HeadTable();
        SpanBatch batch = SpanWriter.WriteAll([new Span { TraceId = new TraceId(1, 1), SpanId = new SpanId(1), Name = new string('x', 30 << 20) }], new SpanBatchBuilder());
        Assert.True(head.HasRoomFor(batch));
        int appended = 0;
        for (; head.HasRoomFor(batch); appended++)
        {
            batch.Spans[0].SpanId = new SpanId((ulong)appended + 1);
            // Another name each time: the dictionary has to keep it.
            batch.Spans[0].Name = batch.Spans[0].Name.Truncate(batch.Spans[0].Name.Length - 1);
            head.Append(batch, new OlderTables());
        }
        Assert.InRange(appended, 3, 9);
        Assert.Equal(appended, head.RowCount);
    }

    [Fact]
    public void When_an_append_fails_nothing_of_it_is_seen_and_the_head_takes_no_more()
    {
        var head = new HeadTable();
        HeadTables.Append(head, [Of(1), Of(2)]);
        var failing = new FailingOlderTables();
        Assert.Throws<IOException>(() => HeadTables.Append(head, [Of(3), Of(4)], failing));
        Assert.Equal([Of(1), Of(2)], HeadTables.Read(head.Snapshot()));
        Assert.False(head.HasRoomFor(SpanWriter.WriteAll([Of(5)], new SpanBatchBuilder())));
        Assert.Throws<HeadFullException>(() => HeadTables.Append(head, [Of(5)]));
    }

    [Fact]
    public void Bytes_grow_with_what_is_kept()
    {
        var head = new HeadTable();
        HeadTables.Append(head, [Of(1)]);
        long before = head.Bytes;
        HeadTables.Append(head, Enumerable.Range(2, 10_000).Select(id => Of(id) with { Name = $"a name of its own {id}" }));
        Assert.InRange(head.Bytes - before, 10_000 * 100, 10_000 * 500);
    }

    [Fact]
    public void A_warm_append_makes_no_objects_for_spans()
    {
        KeyValue[] attributes = [.. Enumerable.Range(0, 10).Select(i => new KeyValue($"key {i}", i % 2 == 0 ? AttributeValue.From($"value {i}") : AttributeValue.From((long)i)))];
        SpanBatch batch = SpanWriter.WriteAll(Enumerable.Range(1, 512).Select(id => Of(id) with { Attributes = new AttributeList(attributes) }), new SpanBatchBuilder());
        var head = new HeadTable();
        var older = new OlderTables();
        ulong ids = 0;
        long bytes = Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < batch.Spans.Count; i++)
                (batch.Spans[i].TraceId, batch.Spans[i].SpanId) = (new TraceId(1, ++ids / 8), new SpanId(ids));
            head.Append(batch, older);
        });
        // What is published; buffers grow in a few of the rounds only.
        Assert.InRange(bytes, 0, 2048);
    }

    private static Span Of(int id) => new() { TraceId = new TraceId(1, (ulong)id / 2), SpanId = new SpanId((ulong)id), Name = "GET /" };

    private sealed class FailingOlderTables : IOlderTraces
    {
        public void Find(TraceId id, List<Tables.TracePart> parts)
        {
            if (id.Low == 2)
                throw new IOException("the disk is gone");
        }
    }
}
