using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// Tables in the order in which they were sealed, for who asks what each contributes to the edges. One thread, one question; the tables are all there are, or
/// all up to one.
/// </summary>
internal sealed class EdgeTables
{
    private readonly AnalyticsTable[] tables;
    private readonly SealedNumbers[] sealedNumbers;
    private readonly bool[] isInOrder;
    private readonly HashSet<long> numbers = [];

    public EdgeTables(IEnumerable<AnalyticsTable> all)
    {
        (tables, sealedNumbers) = Ordered(all);
        isInOrder = InOrder(sealedNumbers);
        foreach (AnalyticsTable table in tables)
        {
            numbers.Add(table.Memory.Number);
            numbers.UnionWith(table.Memory.Replaces);
        }
    }

    public int Count => tables.Length;

    public AnalyticsTable this[int place] => tables[place];

    public int PlaceOf(TableMemory memory) => Array.FindIndex(tables, table => table.Memory == memory);

    public SealedNumbers SealedOf(int place) => sealedNumbers[place];

    /// <summary>False when the table holds spans sealed before and after those of another: then what was stored when they were sealed need not fit together.</summary>
    public bool IsInOrder(int place) => isInOrder[place];

    /// <summary>Whether all of these tables are there, as they were or merged into others.</summary>
    public bool HasAll(long[] needed) => Array.TrueForAll(needed, numbers.Contains);

    public long[] NumbersBefore(int place) => Array.ConvertAll(tables[..place], static table => table.Memory.Number);

    /// <summary>
    /// What the tables before one are called where they are needed (<see cref="EdgeContribution.Needs"/>): by the first of their heads. It keeps its number through merges, and as
    /// it is lower than that of any later head, no other gets it while one of those is there.
    /// </summary>
    public long[] NamesBefore(int place) => Array.ConvertAll(sealedNumbers[..place], static each => each.First);

    public SpanTable[] TablesBefore(int place) => Array.ConvertAll(tables[..place], static table => table.Spans);

    /// <exception cref="SegmentFormatException">A table is damaged.</exception>
    public EdgeContribution ContributionOf(int place, CancellationToken cancellation)
    {
        AnalyticsTable table = tables[place];
        (EdgeContribution contribution, SpanTable spans) = table.Memory.Edges.Get(table.Spans, this, place, cancellation);
        // A head may have grown for another question meanwhile: this one goes on with what it grew to.
        tables[place] = table with { Spans = spans };
        return contribution;
    }

    private static (AnalyticsTable[] Tables, SealedNumbers[] Sealed) Ordered(IEnumerable<AnalyticsTable> all)
    {
        AnalyticsTable[] tables = [.. all];
        SealedNumbers[] numbers = Array.ConvertAll(tables, static table => table.Memory.Edges.Sealed);
        long[] first = Array.ConvertAll(numbers, static each => each.First);
        Array.Sort((long[])first.Clone(), tables);
        Array.Sort(first, numbers);
        return (tables, numbers);
    }

    private static bool[] InOrder(SealedNumbers[] numbers)
    {
        bool[] inOrder = new bool[numbers.Length];
        Array.Fill(inOrder, true);
        long lastSoFar = long.MinValue;
        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = 0; numbers[i].First <= lastSoFar && j < i; j++)
            {
                if (numbers[j].Last >= numbers[i].First)
                    inOrder[i] = inOrder[j] = false;
            }
            lastSoFar = Math.Max(lastSoFar, numbers[i].Last);
        }
        return inOrder;
    }
}
