using Clew.Storage.Segments.Traces;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests.Traces;

public sealed class TraceDirectoryTests
{
    private const long Roomy = 1L << 30;

    [Fact]
    public void Whatever_is_added_and_taken_away_every_table_that_holds_a_trace_is_found() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        var directory = new TraceDirectory(Roomy);
        var tables = new List<Table>();
        for (int step = random.Next(1, 150); step > 0; step--)
        {
            if (tables.Count > 0 && random.Next(3) == 0)
            {
                Table removed = tables[random.Next(tables.Count)];
                tables.Remove(removed);
                removed.Slot?.Release();
            }
            else
            {
                tables.Add(Table.Enter(directory, random, random.Next(12) == 0 ? random.Next(3000) : random.Next(70)));
            }
            // Every now and then one that stands beside the directory, as segments do while it is filled.
            if (random.Next(20) == 0)
                tables.Add(new Table(Lows(random, 10), null));
        }
        AssertFindsAll(tables);
    });

    [Fact]
    public void A_lookup_stays_right_while_others_come_and_go()
    {
        var random = new Random(3);
        var directory = new TraceDirectory(Roomy);
        Table[] held = [.. Enumerable.Range(0, 5).Select(_ => Table.Enter(directory, random, 60))];
        var before = new TraceLookup(held.Select(static table => table.Slot));
        // Rows become wider, and slots are given to others.
        for (int round = 0; round < 4; round++)
        {
            Table[] others = [.. Enumerable.Range(0, 70).Select(_ => Table.Enter(directory, random, 60))];
            foreach (Table other in others)
                other.Slot!.Release();
            AssertFindsAll(held, before);
        }
    }

    [Fact]
    public void Of_a_table_that_is_gone_nothing_is_left_in_the_slot_it_had()
    {
        var random = new Random(4);
        var directory = new TraceDirectory(Roomy);
        // Keeps the group in use.
        Table.Enter(directory, random, 50);
        Table gone = Table.Enter(directory, random, 50);
        gone.Slot!.Release();
        Table next = Table.Enter(directory, random, 50);
        Assert.Equal(gone.Slot, next.Slot);
        var lookup = new TraceLookup([next.Slot]);
        Assert.InRange(gone.Lows.Count(low => Find(lookup, low).Count > 0), 0, 3);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(300, 30)]
    [InlineData(8_192, 64)]
    [InlineData(9_000, 130)]
    public void No_more_absent_traces_are_taken_for_present_than_was_computed(int traces, int tableCount)
    {
        var random = new Random(traces);
        var directory = new TraceDirectory(Roomy);
        Table[] tables = [.. Enumerable.Range(0, tableCount).Select(_ => Table.Enter(directory, random, traces))];
        var lookup = new TraceLookup(tables.Select(static table => table.Slot));
        const int asked = 100_000;
        long found = 0;
        for (int i = 0; i < asked; i++)
            found += Find(lookup, 1UL << 63 | (ulong)random.NextInt64()).Count;
        int capacity = TraceDirectory.CapacityFor(traces);
        double share = Math.Pow(1 - Math.Exp(-4.0 * traces / (12.0 * capacity)), 4);
        Assert.InRange(share, 0.0015, 0.0065);
        // Few rows depart from the mean.
        Assert.InRange(found / (double)asked / tableCount, share * 0.4, share * 1.4);
    }

    [Fact]
    public void Full_groups_take_less_than_three_bytes_a_trace_and_what_is_taken_away_is_given_back()
    {
        var random = new Random(5);
        var directory = new TraceDirectory(Roomy);
        foreach (int traces in new[] { 1_025, 1_500, 2_000 })
        {
            Table[] tables = [.. Enumerable.Range(0, 64).Select(_ => Table.Enter(directory, random, traces))];
            Assert.InRange(directory.Bytes / (64.0 * traces), 1.5, 2.3);
            foreach (Table table in tables)
                table.Slot!.Release();
            Table.Enter(directory, random, 1).Slot!.Release();
            Table.Enter(directory, random, 1).Slot!.Release();
            Assert.InRange(directory.Bytes, 1, 64 * 12);
        }
    }

    [Fact]
    public void What_the_bound_leaves_no_room_for_is_not_entered()
    {
        var random = new Random(6);
        var directory = new TraceDirectory(bytesMax: 2 * 64 * 12);
        Table[] tables = [.. Enumerable.Range(0, 20).Select(_ => Table.Enter(directory, random, 60))];
        Assert.Equal(16, tables.Count(static table => table.Slot is not null));
        Assert.InRange(directory.Bytes, 1, 2 * 64 * 12);
        AssertFindsAll(tables);
        tables[0].Slot!.Release();
        Assert.NotNull(Table.Enter(directory, random, 60).Slot);
    }

    [Fact]
    public async Task Readers_find_all_they_hold_while_tables_come_and_go()
    {
        var directory = new TraceDirectory(Roomy);
        var gate = new Lock();
        List<Table> current = [];
        using var stopping = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stopping.IsCancellationRequested)
            {
                Table[] held;
                lock (gate)
                {
                    held = [.. current];
                    foreach (Table table in held)
                        table.Holders++;
                }
                AssertFindsAll(held);
                Drop(held);
            }
        }))];
        var random = new Random(7);
        for (int step = 0; step < 1500 && !readers.Any(static reader => reader.IsCompleted); step++)
        {
            Table added = Table.Enter(directory, random, random.Next(1, 200));
            Table[] removed = [];
            lock (gate)
            {
                current.Add(added);
                if (current.Count > random.Next(5, 40))
                {
                    removed = [.. current.Take(random.Next(1, 5))];
                    current.RemoveRange(0, removed.Length);
                }
            }
            Drop(removed);
        }
        await stopping.CancelAsync();
        await Task.WhenAll(readers);

        void Drop(Table[] tables)
        {
            lock (gate)
            {
                foreach (Table table in tables)
                {
                    if (--table.Holders == 0)
                        table.Slot?.Release();
                }
            }
        }
    }

    private static ulong[] Lows(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64())];

    private static void AssertFindsAll(IReadOnlyList<Table> tables) => AssertFindsAll(tables, new TraceLookup(tables.Select(static table => table.Slot)));

    private static void AssertFindsAll(IReadOnlyList<Table> tables, TraceLookup lookup)
    {
        for (int place = 0; place < tables.Count; place++)
        {
            foreach (ulong low in tables[place].Lows)
            {
                List<int> found = Find(lookup, low);
                Assert.Contains(place, found);
                Assert.Equal(found.Order().Distinct(), found);
            }
        }
    }

    private static List<int> Find(TraceLookup lookup, ulong low)
    {
        var places = new List<int>();
        lookup.Find(low, places);
        return places;
    }

    private sealed class Table(ulong[] lows, TraceSlot? slot)
    {
        public ulong[] Lows => lows;

        public TraceSlot? Slot => slot;

        public int Holders { get; set; } = 1;

        public static Table Enter(TraceDirectory directory, Random random, int traces)
        {
            ulong[] lows = TraceDirectoryTests.Lows(random, traces);
            return new Table(lows, directory.TryAdd(lows));
        }
    }
}
