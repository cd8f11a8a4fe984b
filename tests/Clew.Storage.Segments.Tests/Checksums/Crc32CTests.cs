using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class Crc32CTests
{
    [Fact]
    public void It_is_that_of_the_standard()
    {
        Assert.Equal(0xE3069283, Crc32C.Compute("123456789"u8));
        // RFC 3720 B.4: 32 bytes of zeros, of ones.
        Assert.Equal(0x8A9136AA, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute([.. Enumerable.Repeat(byte.MaxValue, 32)]));
    }

    [Fact]
    public void Long_pieces_have_the_checksum_that_going_bit_by_bit_gives() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        byte[] bytes = RandomCases.Bytes(random, random.Next(3) * 3 * Crc32C.StripeBytes + random.Next(50));
        uint start = (uint)random.Next();
        Assert.Equal(BitByBit(bytes, start), Crc32C.Compute(bytes, start));
        int divided = random.Next(bytes.Length + 1);
        Assert.Equal(Crc32C.Compute(bytes), Crc32C.Compute(bytes.AsSpan(0, divided), bytes.AsSpan(divided)));
        Assert.Equal(Crc32C.Compute(bytes), Crc32C.Compute(bytes.AsSpan(divided), Crc32C.Compute(bytes.AsSpan(0, divided))));
    }, count: 60);

    [Fact]
    public void Sections_are_verified_however_they_are_divided() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        byte[] sections = ColumnBytes.Write(writer =>
        {
            for (int i = random.Next(5); i >= 0; i--)
            {
                writer.Begin(SectionType.Codes, 1);
                writer.WriteBytes(RandomCases.Bytes(random, random.Next(2) * random.Next(300)));
                writer.End(tryBrotli: false);
            }
        });
        Assert.True(AreRight(sections, random));
        byte[] broken = [.. sections];
        broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
        Assert.False(AreRight(broken, random));
        Assert.False(AreRight(sections[..^1], random));
        Assert.False(AreRight([.. sections, 0], random));
    });

    private static bool AreRight(byte[] sections, Random random)
    {
        var checks = default(SectionChecks);
        for (int done = 0; done < sections.Length;)
        {
            // As a reader does it: a block has a header's bytes at least, but for the last.
            int taken = checks.Take(sections.AsSpan(done, Math.Min(SectionHeader.ByteCount + random.Next(100), sections.Length - done)));
            Assert.InRange(taken, 1, sections.Length - done);
            done += taken;
        }
        return checks.AreRight;
    }

    private static uint BitByBit(byte[] bytes, uint start)
    {
        uint crc = ~start;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
