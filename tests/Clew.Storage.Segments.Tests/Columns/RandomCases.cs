using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

/// <summary>Columns are long: a case is drawn as a seed and made from it, which is quicker than generating each value and replays as well.</summary>
internal static class RandomCases
{
    public static Gen<int> Seed { get; } = Gen.Choose(0, int.MaxValue);

    /// <summary>Few, half or nearly all true.</summary>
    public static bool[] Bools(Random random, int count)
    {
        double share = new[] { 0, 0.005, 0.5, 0.99, 1 }[random.Next(5)];
        bool[] bits = new bool[count];
        foreach (ref bool bit in bits.AsSpan())
            bit = random.NextDouble() < share;
        return bits;
    }

    public static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>From constant to spread over all of 64 bits, sorted or not, with the extremes among them.</summary>
    public static long[] Int64s(Random random, int count)
    {
        int kind = random.Next(10);
        long unit = random.Next(1, 1_000_000);
        long start = random.NextInt64(long.MinValue, long.MaxValue);
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = kind switch
            {
                0 => start,
                1 => random.Next(16),
                2 => 1_795_000_000_000_000_000 + random.NextInt64(1L << 40),
                3 => unchecked(start + i * 1_000_003L),
                4 => unchecked(start + i * 1_000_000L + random.Next(1000)),
                5 => random.Next(4) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => 0, _ => -1 },
                6 => unchecked(start + random.Next(100) * unit),
                7 => unchecked(start + random.NextInt64(1L << 43) * unit),
                8 => unchecked(start + random.NextInt64(1L << random.Next(2, 40)) * unit),
                _ => random.NextInt64(long.MinValue, long.MaxValue),
            };
        }
        return values;
    }
}
