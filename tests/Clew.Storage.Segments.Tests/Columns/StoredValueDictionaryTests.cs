using System.Text;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class StoredValueDictionaryTests
{
    private readonly byte[][] values = [.. Enumerable.Range(0, 20_000).Select(i => Encoding.UTF8.GetBytes($"https://shop.example/api/cart/{i:d6}/items"))];

    [Fact]
    public void Values_of_many_blocks_are_read_and_found()
    {
        StoredValueDictionary stored = Stored(values);
        Assert.Equal(values.Length, stored.Count);
        for (int i = 0; i < values.Length; i += 7)
        {
            Assert.Equal(values[i], stored[(uint)i].ToArray());
            Assert.True(stored.TryFind(values[i], out uint code));
            Assert.Equal((uint)i, code);
            Assert.False(stored.TryFind([.. values[i], (byte)'x'], out _));
            Assert.False(stored.TryFind(values[i].AsSpan(0, values[i].Length - 1), out _));
        }
        Assert.False(stored.TryFind("https"u8, out _));
        Assert.False(stored.TryFind("zzz"u8, out _));
        Assert.False(stored.TryFind(""u8, out _));
    }

    [Fact]
    public void Values_of_any_length_divide_into_blocks() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int[] lengths = [0, 1, 100, 5_000, DictionaryBlock.BytesTarget - 1, DictionaryBlock.BytesTarget, DictionaryBlock.SharedBytesMax, 100_000];
        var builder = new ValueDictionaryBuilder();
        for (int i = random.Next(30); i >= 0; i--)
            builder.TryGetOrAdd(RandomCases.Bytes(random, lengths[random.Next(lengths.Length)]), out _);
        FrozenValueDictionary frozen = FrozenValueDictionary.From(builder.Snapshot(), out _);
        ValueDictionary stored = ColumnBytes.RoundTrip(frozen.WriteTo, StoredValueDictionary.Read);
        var scratch = new DictionaryScratch();
        for (uint code = 0; code < frozen.Count; code++)
        {
            Assert.True(frozen[code].SequenceEqual(stored[code]));
            Assert.True(frozen[code].SequenceEqual(stored.Read(code, scratch)));
            Assert.True(stored.TryFind(frozen[code], out uint found));
            Assert.Equal(code, found);
        }
    }, count: 60);

    [Fact]
    public void A_question_about_values_with_certain_bytes_is_asked_of_just_those() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        // Few letters, so that the bytes also stand across two values; many values, so that there are many blocks.
        int kinds = random.Next(1, 4);
        byte[][] drawn = [.. Enumerable.Range(0, random.Next(4_000)).Select(_ => Letters(random, random.Next(40), kinds))];
        StoredValueDictionary stored = Stored(drawn);
        byte[] needle = Letters(random, random.Next(1, 6), kinds);
        // Some blocks are in the cache already.
        for (int i = 0; i < 3 && stored.Count > 0; i++)
            _ = stored[(uint)random.Next(stored.Count)];
        int asked = 0;
        using RowBitmap found = stored.Match(new ValueQuestion(
            value =>
            {
                asked++;
                return value.Length % 2 == 0;
            },
            needle));
        byte[][] values = [.. Enumerable.Range(0, stored.Count).Select(code => stored[(uint)code].ToArray())];
        Assert.Equal(values.Select(value => value.AsSpan().IndexOf(needle) >= 0 && value.Length % 2 == 0), found.ToBools());
        Assert.Equal(values.Count(value => value.AsSpan().IndexOf(needle) >= 0), asked);

        static byte[] Letters(Random random, int length, int kinds) => [.. Enumerable.Range(0, length).Select(_ => (byte)('a' + random.Next(kinds)))];
    });

    [Fact]
    public void What_is_kept_of_all_dictionaries_stays_below_the_bound_and_can_be_held_on_to()
    {
        var cache = new DictionaryBlockCache(100_000);
        var slots = new DictionaryBlock?[50];
        DictionaryBlock first = Block("first");
        cache.Add(first, slots, 0);
        for (int i = 1; i < slots.Length; i++)
        {
            cache.Add(Block($"block {i}"), slots, i);
            Assert.InRange(cache.Bytes, 1, 100_000);
            Assert.Equal(cache.Bytes, slots.Sum(block => (long)(block?.HeapBytes ?? 0)));
            first.Touch();
        }
        // What is used all the time stays; of the others the newest.
        Assert.Same(first, slots[0]);
        Assert.NotNull(slots[^1]);
        Assert.Null(slots[1]);
        cache.CapacityBytes = 0;
        Assert.Equal(0, cache.Bytes);
        Assert.All(slots, Assert.Null);
        Assert.StartsWith("first", Encoding.UTF8.GetString(first[0]), StringComparison.Ordinal);

        static DictionaryBlock Block(string text)
        {
            var block = new DictionaryBlock();
            byte[] raw = new byte[5_000];
            int at = Varint.Write(raw, (ulong)raw.Length - 2);
            Encoding.UTF8.GetBytes(text).CopyTo(raw, at);
            Assert.Null(block.Fill(raw, raw.Length, 1));
            return block;
        }
    }

    [Fact]
    public void Going_through_all_values_keeps_none_of_them()
    {
        StoredValueDictionary stored = Stored(values);
        long before = DictionaryBlockCache.Shared.Bytes;
        long largest = 0;
        using RowBitmap all = stored.Match(new ValueQuestion(value =>
        {
            largest = Math.Max(largest, value.Length);
            return true;
        }));
        Assert.Equal(values.Length, all.Count());
        // Other tests may use the cache meanwhile, but not by as much as all blocks here take.
        Assert.InRange(DictionaryBlockCache.Shared.Bytes - before, long.MinValue, values.Sum(value => value.Length) / 2);
    }

    [Fact]
    public void Many_threads_read_one_dictionary_while_its_blocks_are_dropped()
    {
        StoredValueDictionary stored = Stored(values);
        long capacity = DictionaryBlockCache.Shared.CapacityBytes;
        try
        {
            Parallel.For(0, 8, reader =>
            {
                var random = new Random(reader);
                for (int i = 0; i < 3000; i++)
                {
                    if (i % 500 == 0)
                        DictionaryBlockCache.Shared.CapacityBytes = random.Next(2) == 0 ? capacity : 100_000;
                    int code = random.Next(values.Length);
                    Assert.True(stored[(uint)code].SequenceEqual(values[code]));
                }
            });
        }
        finally
        {
            DictionaryBlockCache.Shared.CapacityBytes = capacity;
        }
    }

    private static StoredValueDictionary Stored(byte[][] values)
    {
        var builder = new ValueDictionaryBuilder();
        foreach (byte[] value in values)
            builder.TryGetOrAdd(value, out _);
        return ColumnBytes.RoundTrip(FrozenValueDictionary.From(builder.Snapshot(), out _).WriteTo, StoredValueDictionary.Read);
    }
}
