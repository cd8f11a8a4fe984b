using System.Text;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class ValueDictionaryTests
{
    [Fact]
    public void Values_get_codes_in_the_order_they_first_come() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        var builder = new ValueDictionaryBuilder();
        var oracle = new List<string>();
        foreach (byte[] value in Values(random))
        {
            string hex = Convert.ToHexString(value);
            int known = oracle.IndexOf(hex);
            Assert.True(builder.TryGetOrAdd(value, out uint code));
            Assert.Equal(known < 0 ? oracle.Count : known, (int)code);
            if (known < 0)
                oracle.Add(hex);
        }
        AssertHolds(builder.Snapshot(), oracle);
    });

    [Fact]
    public void A_frozen_dictionary_holds_the_same_values_in_byte_order() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var builder = new ValueDictionaryBuilder();
        foreach (byte[] value in Values(new Random(seed)))
            builder.TryGetOrAdd(value, out _);
        ValueDictionary live = builder.Snapshot();
        FrozenValueDictionary frozen = FrozenValueDictionary.From(live, out uint[] newCodes);
        ValueDictionary read = ColumnBytes.RoundTrip(frozen.WriteTo, StoredValueDictionary.Read);

        List<string> sorted = [.. Enumerable.Range(0, live.Count).Select(code => Convert.ToHexString(live[(uint)code])).Order(StringComparer.Ordinal)];
        AssertHolds(frozen, sorted);
        AssertHolds(read, sorted);
        for (uint code = 0; code < live.Count; code++)
            Assert.True(live[code].SequenceEqual(read[newCodes[code]]));
    });

    [Fact]
    public void A_predicate_gives_the_codes_it_holds_for() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var builder = new ValueDictionaryBuilder();
        foreach (byte[] value in Values(new Random(seed)))
            builder.TryGetOrAdd(value, out _);
        ValueDictionary values = builder.Snapshot();
        using RowBitmap codes = values.Match(new ValueQuestion(value => value.Length % 2 == 0));
        Assert.Equal(Enumerable.Range(0, values.Count).Select(code => values[(uint)code].Length % 2 == 0), codes.ToBools());
    });

    [Fact]
    public void What_does_not_fit_is_refused_and_what_is_known_is_still_found()
    {
        var builder = new ValueDictionaryBuilder(valuesMax: 2, bytesMax: 10);
        Assert.True(builder.TryGetOrAdd("abcde"u8, out _));
        Assert.False(builder.TryGetOrAdd("vwxyz!"u8, out _));
        Assert.True(builder.TryGetOrAdd("vwxyz"u8, out _));
        Assert.False(builder.TryGetOrAdd(""u8, out _));
        Assert.True(builder.TryGetOrAdd("abcde"u8, out uint code));
        Assert.Equal(0u, code);
        Assert.Equal(2, builder.Count);
    }

    [Fact]
    public void A_known_value_allocates_nothing()
    {
        var builder = new ValueDictionaryBuilder();
        byte[][] values = [.. Enumerable.Range(0, 1000).Select(i => Encoding.UTF8.GetBytes($"value {i}"))];
        AddAll();
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            AddAll();
        }));

        void AddAll()
        {
            foreach (byte[] value in values)
                builder.TryGetOrAdd(value, out _);
        }
    }

    [Fact]
    public async Task Readers_find_all_that_was_published_while_a_writer_adds()
    {
        const int count = 100_000;
        var builder = new ValueDictionaryBuilder();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(reader => Task.Run(() =>
        {
            var random = new Random(reader);
            int published;
            do
            {
                ValueDictionary snapshot = builder.Snapshot();
                published = snapshot.Count;
                for (int i = 0; i < 100 && published > 0; i++)
                {
                    // Half of them the newest, which are where a race would be.
                    int n = i % 2 == 0 ? published - 1 - random.Next(Math.Min(published, 3)) : random.Next(published);
                    Assert.True(snapshot[(uint)n].SequenceEqual(Name(n)));
                    Assert.True(snapshot.TryFind(Name(n), out uint code));
                    Assert.Equal(n, (int)code);
                }
                Assert.False(snapshot.TryFind(Name(published), out _));
            }
            while (published < count);
        }))];
        for (int i = 0; i < count; i++)
            Assert.True(builder.TryGetOrAdd(Name(i), out _));
        await Task.WhenAll(readers);

        static byte[] Name(int i) => Encoding.UTF8.GetBytes($"operation {i}");
    }

    [Fact]
    public void Different_seeds_give_different_hashes()
    {
        byte[][] values = [.. Enumerable.Range(0, 40).Select(length => RandomCases.Bytes(new Random(length), length))];
        Assert.All(values, value => Assert.NotEqual(ValueHash.Of(value, 1), ValueHash.Of(value, 2)));
        Assert.Equal(values.Length, values.Select(value => ValueHash.Of(value, 1)).Distinct().Count());
    }

    // The constants are in the source for everybody to see.
    [Theory]
    [InlineData(0x6A09E667F3BCC909)]
    [InlineData(0xBB67AE8584CAA73B)]
    public void Values_made_of_a_constant_of_the_hash_do_not_collide(ulong constant)
    {
        byte[][] values = [.. Enumerable.Range(0, 1000).Select(i => (byte[])[.. BitConverter.GetBytes(constant), .. BitConverter.GetBytes((ulong)i), .. BitConverter.GetBytes(constant), .. BitConverter.GetBytes(constant)])];
        Assert.Equal(values.Length, values.Select(value => ValueHash.Of(value, 12345)).Distinct().Count());
        Assert.Equal(values.Length, values.Select(value => ValueHash.Of(value.AsSpan(0, 16), 12345)).Distinct().Count());
        // Seeded anew in each process, so two may collide by chance.
        Assert.InRange(Enumerable.Range(0, values.Length).Select(i => ValueHash.Of(constant, (ulong)i)).Distinct().Count(), values.Length - 2, values.Length);
    }

    [Fact]
    public void Every_bit_of_a_value_counts_in_its_hash()
    {
        for (int length = 1; length < 50; length++)
        {
            byte[] value = RandomCases.Bytes(new Random(length), length);
            uint hash = ValueHash.Of(value, 7);
            for (int bit = 0; bit < length * 8; bit++)
            {
                value[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.NotEqual(hash, ValueHash.Of(value, 7));
                value[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }
    }

    [Fact]
    public void A_code_that_no_value_has_is_reported()
    {
        var builder = new ValueDictionaryBuilder();
        builder.TryGetOrAdd("one"u8, out _);
        Assert.Throws<SegmentFormatException>(() => builder.Snapshot()[1].Length);
        Assert.Throws<SegmentFormatException>(() => FrozenValueDictionary.From(builder.Snapshot(), out _)[1].Length);
    }

    private static void AssertHolds(ValueDictionary dictionary, List<string> hexByCode)
    {
        Assert.Equal(hexByCode.Count, dictionary.Count);
        for (int code = 0; code < hexByCode.Count; code++)
        {
            Assert.Equal(hexByCode[code], Convert.ToHexString(dictionary[(uint)code]));
            Assert.True(dictionary.TryFind(Convert.FromHexString(hexByCode[code]), out uint found));
            Assert.Equal(code, (int)found);
        }
        Assert.False(dictionary.TryFind("not among them"u8, out _));
    }

    // Random bytes, or texts that begin alike; some again and again, some the beginning of others.
    private static List<byte[]> Values(Random random)
    {
        bool text = random.Next(2) == 0;
        return [.. Enumerable.Range(0, random.Next(300)).Select(_ => text
            ? Encoding.UTF8.GetBytes($"https://shop.example/{random.Next(20)}{(random.Next(3) == 0 ? "" : $"/items/{random.Next(100)}")}")
            : RandomCases.Bytes(random, random.Next(random.Next(2) == 0 ? 3 : 40)))];
    }
}
