using Clew.Model;

namespace Clew.TestKit;

/// <summary>
/// Feeds a decoder broken input: noise, and valid payloads with bits flipped, ends cut, pieces exchanged and numbers overwritten. Deterministic: case
/// <c>n</c> of a payload and seed is the same on every run, and a failure names all three.
/// </summary>
public static class DecoderFuzzer
{
    /// <summary>Every case must decode or throw <see cref="SpanFormatException"/>, and leave the decoder able to decode.</summary>
    /// <param name="decode">Decodes and reads back, so that what the batch says can be resolved too.</param>
    /// <param name="valid">Payloads to break.</param>
    /// <param name="cases">How many broken payloads to make of each.</param>
    /// <param name="seed">Another one draws other cases.</param>
    public static void Run(Action<byte[]> decode, IReadOnlyList<byte[]> valid, int cases, int seed = 0)
    {
        for (int payload = 0; payload < valid.Count; payload++)
        {
            for (int n = 0; n < cases; n++)
            {
                var random = new Random(unchecked(seed * 92_821 + payload * 1_000_003 + n));
                byte[] broken = Break(valid[payload], valid[random.Next(valid.Count)], random);
                try
                {
                    decode(broken);
                }
                catch (SpanFormatException)
                {
                    // What broken input should give.
                }
                catch (Exception exception)
                {
                    Assert.Fail($"seed {seed}, payload {payload}, case {n}: {Convert.ToBase64String(broken)}\n{exception}");
                }
            }
            decode(valid[payload]);
        }
    }

    private static byte[] Break(byte[] payload, byte[] other, Random random)
    {
        if (random.Next(10) == 0)
            return Noise(random);
        byte[] broken = [.. payload];
        int times = random.Next(1, 4);
        for (int i = 0; i < times && broken.Length > 0; i++)
            broken = BreakOnce(broken, other, random);
        return broken;
    }

    private static byte[] BreakOnce(byte[] bytes, byte[] other, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                // Splice: the end of another payload behind the beginning of this one.
                return [.. bytes[..at], .. other[random.Next(other.Length)..]];
            case 4:
                // A huge number where a length or count may stand, as a varint and as big-endian bytes.
                byte[] huge = random.Next(2) == 0 ? [0xFF, 0xFF, 0xFF, 0xFF, 0x07] : [0x7F, 0xFF, 0xFF, 0xFF];
                return [.. bytes[..at], .. huge, .. bytes[at..]];
            default:
                // A piece that stands twice.
                int length = random.Next(Math.Min(64, bytes.Length - at) + 1);
                return [.. bytes[..(at + length)], .. bytes[at..]];
        }
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }
}
