using System.Buffers;
using Clew.Model;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests.Analytics;

/// <summary>What a store does with its tables, without files: a head that grows, segments with the sections of analytics, merges, and segments that go.</summary>
internal sealed class SegmentModel
{
    private readonly List<Segment> segments = [];
    private HeadTable head = new();
    private TableMemory headMemory;
    private long nextNumber = 1;

    public SegmentModel() => headMemory = new TableMemory(nextNumber++, [], null);

    public int SegmentCount => segments.Count;

    public IReadOnlyList<AnalyticsTable> Tables => [.. segments.Select(static segment => segment.Table), new AnalyticsTable(head.Snapshot(), headMemory)];

    public IEnumerable<Span> Spans => Tables.SelectMany(static table => HeadTables.Read(table.Spans));

    public void Append(IEnumerable<Span> spans) => HeadTables.Append(head, spans, new OlderTables([.. segments.Select(static segment => segment.Table.Spans)]));

    public void Seal()
    {
        if (head.RowCount == 0)
            return;
        var sealedHead = new AnalyticsTable(head.Snapshot(), headMemory);
        IReadOnlyList<ISegmentExtra> extras = SegmentAnalytics.OfHead(sealedHead, segments.Select(static segment => segment.Table), CancellationToken.None);
        segments.Add(new Segment(sealedHead.Spans, headMemory.Number, [], extras));
        head = new HeadTable();
        headMemory = new TableMemory(nextNumber++, [], null);
    }

    /// <summary>Merges segments; they need not be neighbours.</summary>
    public void Merge(params int[] places)
    {
        Segment[] inputs = [.. places.Order().Select(place => segments[place])];
        long number = nextNumber++;
        IReadOnlyList<ISegmentExtra> extras = SegmentAnalytics.OfMerged(
            [.. inputs.Select(static input => input.Table)], segments.Select(static segment => segment.Table), number, CancellationToken.None);
        // As a segment has them: traces together, by the low half of their ids, spans by start.
        IEnumerable<Span> rows = inputs.SelectMany(static input => HeadTables.Read(input.Table.Spans))
            .OrderBy(static span => span.TraceId.Low).ThenBy(static span => span.TraceId.High).ThenBy(static span => span.StartNs);
        segments[places.Min()] = new Segment(HeadTables.Of(rows), number, [.. inputs.SelectMany(static input => input.Table.Memory.Replaces.Append(input.Table.Memory.Number))], extras);
        segments.RemoveAll(inputs.Contains);
    }

    public void Drop(int place) => segments.RemoveAt(place);

    public void DamageSections(int place, Random random) => segments[place].Damage(random);

    /// <summary>Forgets what was computed, as a restart does.</summary>
    public void Restart()
    {
        segments.ForEach(static segment => segment.Reopen());
        headMemory = new TableMemory(headMemory.Number, [], null);
    }

    private sealed class Segment
    {
        private readonly Dictionary<int, byte[]> sections = [];
        private readonly SpanTable spans;
        private readonly long number;
        private readonly long[] replaces;

        public Segment(SpanTable spans, long number, long[] replaces, IReadOnlyList<ISegmentExtra> extras)
        {
            this.spans = spans;
            this.number = number;
            this.replaces = replaces;
            foreach (ISegmentExtra extra in extras)
            {
                var bytes = new ArrayBufferWriter<byte>();
                extra.Write(new ColumnWriter(bytes));
                sections.Add(extra.Number, bytes.WrittenSpan.ToArray());
            }
            Table = null!;
            Reopen();
        }

        public AnalyticsTable Table { get; private set; }

        public void Reopen() => Table = new AnalyticsTable(
            spans, new TableMemory(number, replaces, extra => sections.TryGetValue(extra, out byte[]? bytes) ? new ColumnReader(bytes) : null));

        public void Damage(Random random)
        {
            int extra = random.Next(1, 3);
            if (random.Next(2) == 0)
                sections.Remove(extra);
            else if (sections.TryGetValue(extra, out byte[]? bytes))
                bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            Reopen();
        }
    }
}
