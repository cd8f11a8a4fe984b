namespace Clew.Server.Commands.Load.Traffic;

/// <summary>
/// Random numbers for traffic: the same from the same seed on every platform and release, which <see cref="Random"/> does not promise.
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Not safe for threads.
/// </summary>
internal sealed class TrafficRandom(ulong seed)
{
    private const ulong Increment = 0x9E37_79B9_7F4A_7C15;

    private ulong state = seed;

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    public ulong Next() => Mix(state += Increment);

    /// <summary>An identifier: never 0.</summary>
    public ulong NextId() => Next() is not 0 and ulong id ? id : 1;

    /// <summary>From 0 to below <paramref name="count"/>, by taking the high half of a product (Lemire 2018): even enough here.</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>From 0 to below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    public T Pick<T>(T[] items) => items[Below(items.Length)];

    /// <summary>Lognormal: half of the values lie below the median, 95 % within a factor of e^(2 sigma) of it.</summary>
    public double LogNormal(double median, double sigma)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - Fraction())) * Math.Cos(2 * Math.PI * Fraction());
        return median * Math.Exp(sigma * normal);
    }

    public string Hex(int digits) => string.Create(digits, this, static (text, random) =>
    {
        for (int i = 0; i < text.Length; i += 16)
        {
            ulong bits = random.Next();
            foreach (ref char digit in text[i..Math.Min(i + 16, text.Length)])
            {
                digit = "0123456789abcdef"[(int)(bits & 15)];
                bits >>= 4;
            }
        }
    });

    public string Uuid() => string.Create(36, this, static (text, random) =>
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, random.Next());
        BitConverter.TryWriteBytes(bytes[8..], random.Next());
        new Guid(bytes).TryFormat(text, out _);
    });
}
