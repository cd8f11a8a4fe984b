namespace Clew.Storage.Segments.Tests;

public sealed class SectionTests
{
    private static readonly byte[] Repeating = [.. Enumerable.Repeat((byte)'a', 100_000)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_section_reads_back_compressed_or_not(bool tryBrotli)
    {
        byte[] bytes = Section(Repeating, tryBrotli);
        Assert.Equal(tryBrotli, bytes.Length < 1000);
        Assert.Equal(Repeating, new ColumnReader(bytes).Read(SectionType.Codes, 1).ReadRest().ToArray());
    }

    [Fact]
    public void What_does_not_get_smaller_is_stored_as_it_is()
    {
        byte[] noise = RandomCases.Bytes(new Random(1), 1000);
        Assert.Equal(1000 + SectionHeader.ByteCount, Section(noise, tryBrotli: true).Length);
    }

    [Fact]
    public void A_flip_of_any_bit_is_found()
    {
        byte[] bytes = Section("some values"u8, tryBrotli: false);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.Throws<SegmentFormatException>(() => new ColumnReader(bytes).Read(SectionType.Codes, 1));
            bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }

    [Fact]
    public void A_section_cut_anywhere_is_refused()
    {
        byte[] bytes = Section("some values"u8, tryBrotli: false);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<SegmentFormatException>(() => new ColumnReader(bytes.AsMemory(0, length)).Read(SectionType.Codes, 1));
    }

    [Fact]
    public void Another_type_a_newer_version_and_an_unknown_flag_are_named_with_their_place()
    {
        byte[] bytes = Section("x"u8, tryBrotli: false);
        Assert.Contains("type 1", Refusal(bytes, SectionType.Int64, 1).Message);
        Assert.Contains("version 1; this program reads up to 0", Refusal(bytes, SectionType.Codes, 0).Message);
        byte[] flagged = SectionOf(new SectionHeader((ushort)SectionType.Codes, 1, 0x82, 1, 1, 0), "x"u8);
        SegmentFormatException refusal = Refusal(flagged, SectionType.Codes, 1);
        Assert.Contains("flags 130", refusal.Message);
        Assert.Equal(7000, refusal.ByteOffset);
        Assert.Equal("Codes", refusal.Where);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(SectionHeader.SectionBytesMax)]
    [InlineData(-1)]
    [InlineData(12)]
    public void A_false_decompressed_length_is_refused_and_costs_no_memory(int rawLength)
    {
        byte[] compressed = Section(Repeating, tryBrotli: true)[SectionHeader.ByteCount..];
        byte[] bytes = SectionOf(new SectionHeader((ushort)SectionType.Codes, 1, SectionHeader.BrotliFlag, compressed.Length, rawLength, 0), compressed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bytes, SectionType.Codes, 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Sections_neither_nest_nor_end_unbegun()
    {
        var writer = new ColumnWriter(new System.Buffers.ArrayBufferWriter<byte>());
        Assert.Throws<InvalidOperationException>(() => writer.End(tryBrotli: false));
        writer.Begin(SectionType.Codes, 1);
        Assert.Throws<InvalidOperationException>(() => writer.Begin(SectionType.Codes, 1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(long.MaxValue, 9)]
    [InlineData(-1, 10)]
    public void Varints_read_back_and_a_cut_one_is_refused(long number, int length)
    {
        ulong value = (ulong)number;
        byte[] bytes = new byte[Varint.BytesMax];
        Assert.Equal(length, Varint.Write(bytes, value));
        Assert.Equal(length, Varint.ByteCount(value));
        int at = 0;
        Assert.True(Varint.TryRead(bytes.AsSpan(0, length), ref at, out ulong read));
        Assert.Equal((value, length), (read, at));
        at = 0;
        Assert.False(Varint.TryRead(bytes.AsSpan(0, length - 1), ref at, out _));
        Assert.Equal(number, Varint.UnZigZag(Varint.ZigZag(number)));
    }

    [Fact]
    public void A_varint_of_more_than_64_bits_is_refused()
    {
        int at = 0;
        Assert.False(Varint.TryRead([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], ref at, out _));
    }

    private static SegmentFormatException Refusal(byte[] bytes, SectionType type, byte versionMax) =>
        Assert.Throws<SegmentFormatException>(() => new ColumnReader(bytes, baseOffset: 7000).Read(type, versionMax));

    private static byte[] Section(ReadOnlySpan<byte> payload, bool tryBrotli)
    {
        byte[] copy = payload.ToArray();
        return ColumnBytes.Write(writer =>
        {
            writer.Begin(SectionType.Codes, 1);
            writer.WriteBytes(copy);
            writer.End(tryBrotli);
        });
    }

    // With a checksum that is right, so that what lies behind it is tested.
    private static byte[] SectionOf(SectionHeader header, ReadOnlySpan<byte> stored)
    {
        byte[] bytes = new byte[SectionHeader.ByteCount + stored.Length];
        header.WriteTo(bytes, stored);
        stored.CopyTo(bytes.AsSpan(SectionHeader.ByteCount));
        return bytes;
    }
}
