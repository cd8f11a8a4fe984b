using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadDuplicateTests
{
    // Spans of few ids, so that ids repeat with the same and with other content.
    private static Gen<Span> Repeating =>
        from span in SpanGen.ZipkinLikeSpan
        from trace in Gen.Choose(1, 2)
        from id in Gen.Choose(1, 2)
        select span with { TraceId = new TraceId(0, (ulong)trace), SpanId = new SpanId((ulong)id) };

    private static Gen<List<List<Span>>> Batches =>
        from pool in Repeating.ListOf(20)
        from batches in Gen.Elements<Span>(pool).ListUpTo(30).ListUpTo(4)
        select batches;

    [Fact]
    public void Equal_spans_are_kept_once_and_others_with_their_ids_all() => Properties.ForAll(Batches, batches =>
    {
        var head = new HeadTable();
        var kept = new List<Span>();
        foreach (List<Span> batch in batches)
        {
            Span[] added = [.. batch.Distinct().Except(kept)];
            int newTraces = added.Select(span => span.TraceId).Distinct().Except(kept.Select(span => span.TraceId)).Count();
            Assert.Equal(new HeadAppendResult(added.Length, newTraces), HeadTables.Append(head, batch));
            kept.AddRange(added);
            Assert.Equal(kept, HeadTables.Read(head.Snapshot()));
        }
        HeadAssert.IndexesTraces(head.Snapshot(), kept);
    });

    [Fact]
    public void Spans_of_older_tables_are_not_kept_again() => Properties.ForAll(
        from older in Batches
        from batches in Batches
        select (older, batches),
        drawn =>
        {
            SpanTable[] tables = [.. drawn.older.Select(HeadTables.Of)];
            HashSet<Span> old = [.. drawn.older.SelectMany(spans => spans)];
            var head = new HeadTable();
            var kept = new List<Span>();
            foreach (List<Span> batch in drawn.batches)
            {
                // Some of the batch has to be in the older tables too.
                List<Span> sent = [.. batch, .. old.Take(3)];
                Span[] added = [.. sent.Distinct().Except(old).Except(kept)];
                int newTraces = added.Select(span => span.TraceId).Distinct().Except(kept.Concat(old).Select(span => span.TraceId)).Count();
                Assert.Equal(new HeadAppendResult(added.Length, newTraces), HeadTables.Append(head, sent, new OlderTables(tables)));
                kept.AddRange(added);
            }
            Assert.Equal(kept, HeadTables.Read(head.Snapshot()));
            HeadAssert.IndexesTraces(head.Snapshot(), kept);
        },
        count: 100);

    [Fact]
    public void Older_tables_are_asked_once_for_each_trace()
    {
        Span[] spans = [.. Enumerable.Range(0, 30).Select(i => Plain(trace: i % 3, id: i))];
        var older = new OlderTables(HeadTables.Of([Plain(trace: 1, id: 100)]));
        var head = new HeadTable();
        Assert.Equal(new HeadAppendResult(15, 2), HeadTables.Append(head, spans[..15], older));
        Assert.Equal(new HeadAppendResult(15, 0), HeadTables.Append(head, spans[15..], older));
        Assert.Equal(3, older.Asked);
    }

    [Fact]
    public void A_batch_of_known_spans_only_leaves_no_empty_trace()
    {
        Span old = Plain(trace: 1, id: 1);
        var head = new HeadTable();
        Assert.Equal(new HeadAppendResult(0, 0), HeadTables.Append(head, [old, old], new OlderTables(HeadTables.Of([old]))));
        Assert.Equal(0, head.Snapshot().Traces.Count);
        Assert.Equal(-1, head.Snapshot().Traces.Find(old.TraceId));
    }

    // Comparing each with all of its ids would be two thousand million comparisons of whole spans.
    [Fact]
    public void Very_many_spans_with_the_same_ids_are_told_apart()
    {
        Span[] spans = [.. Enumerable.Range(0, 20_000).Select(i => Plain(1, 1) with { Attributes = new AttributeList(new KeyValue("bytes", AttributeValue.From(BitConverter.GetBytes(i)))) })];
        var head = new HeadTable();
        Assert.Equal(new HeadAppendResult(20_000, 1), HeadTables.Append(head, spans));
        Assert.Equal(new HeadAppendResult(0, 0), HeadTables.Append(head, spans[..1000]));
    }

    [Fact]
    public void Texts_that_read_alike_are_alike_whatever_bytes_were_sent()
    {
        var head = new HeadTable();
        Assert.Equal(1, head.Append(Batch([0xFF]), new OlderTables()).Spans);
        Assert.Equal(0, head.Append(Batch([0xFE]), new OlderTables()).Spans);
        Assert.Equal(0, head.Append(Batch([0xEF, 0xBF, 0xBD]), new OlderTables()).Spans);
        Assert.Equal(SpanReader.ReadAll(Batch([0xC0])), HeadTables.Read(head.Snapshot()));
        Assert.Single(head.Snapshot().Attributes.Keys);

        static SpanBatch Batch(byte[] text)
        {
            var builder = new SpanBatchBuilder();
            builder.Start(BatchFormat.None, default);
            SpanBatch batch = builder.Batch;
            Utf8Slice slice = builder.AddText(text);
            RowRange attributes = batch.OtherAttributes.AddRange([AttributeRow.String(builder.AddText("service.name"u8), slice), AttributeRow.String(slice, slice)]);
            batch.Resources.Add(new ResourceRow { Attributes = attributes, SchemaUrl = slice });
            batch.Scopes.Add(new ScopeRow { Name = slice, Version = slice });
            batch.Endpoints.Add(new EndpointRow { ServiceName = slice });
            batch.SpanAttributes.Add(AttributeRow.String(slice, slice));
            batch.Spans.Add(new SpanRow { TraceId = new TraceId(0, 1), SpanId = new SpanId(1), Name = slice, Attributes = new RowRange(0, 1), Resource = 1, Scope = 1, LocalEndpoint = 1 });
            return batch;
        }
    }

    private static Span Plain(int trace, int id) => new() { TraceId = new TraceId(9, (ulong)trace), SpanId = new SpanId((ulong)id), Name = "GET /" };
}
