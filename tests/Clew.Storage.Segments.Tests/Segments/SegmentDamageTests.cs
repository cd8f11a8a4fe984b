using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class SegmentDamageTests
{
    private const int Seed = 11;

    // What a segment of these spans takes is far below, what a false length could ask for far above.
    private const long AllocatedBytesMax = 64 << 20;

    private readonly byte[] valid;
    private readonly Span[] spans;

    public SegmentDamageTests()
    {
        spans = [.. SegmentTesting.Spans.Sample(4, 30).SelectMany(drawn => drawn).Distinct()];
        FaultyFileSystem files = SegmentTesting.Files();
        SegmentTesting.Of(files, 1, spans).Dispose();
        spans = SegmentTesting.InSegmentOrder(spans);
        valid = files.Content(SegmentTesting.PathOf(1));
    }

    [Fact]
    public void A_flipped_bit_is_found_and_never_served()
    {
        var random = new Random(Seed);
        for (int i = 0; i < 400; i++)
        {
            byte[] broken = [.. valid];
            // Every byte of both ends, and some of what is between.
            int at = i < 60 ? i : i < 120 ? broken.Length - 1 - (i - 60) : random.Next(broken.Length);
            broken[at] ^= (byte)(1 << random.Next(8));
            bool found = false;
            try
            {
                using SegmentFile segment = Open(broken);
                found = segment.Verify(CancellationToken.None).Count > 0;
                Assert.Equal(spans, HeadTables.Read(segment.Table));
            }
            catch (SegmentFormatException exception)
            {
                Assert.Contains(".seg", exception.Message, StringComparison.Ordinal);
                found = true;
            }
            catch (StoreVersionException)
            {
                found = true;
            }
            Assert.True(found, $"byte {at} of {broken.Length}");
        }
    }

    [Fact]
    public void A_file_that_was_cut_or_grew_does_not_open()
    {
        var random = new Random(Seed);
        for (int i = 0; i < 200; i++)
            Assert.Throws<SegmentFormatException>(() => Open(valid[..(i < 50 ? valid.Length - 1 - i : random.Next(valid.Length))]));
        Assert.Throws<SegmentFormatException>(() => Open([.. valid, 0]));
        Assert.Throws<SegmentFormatException>(() => Open([.. valid, .. valid]));
    }

    [Fact]
    public void Broken_files_whose_checksums_are_right_are_refused_or_usable()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            byte[] broken = Break(new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using SegmentFile segment = Open(broken);
                segment.Verify(CancellationToken.None);
                HeadTables.Read(segment.Table);
                segment.Table.Traces.Summaries!.SummaryOf(0);
            }
            catch (SegmentFormatException)
            {
                // What broken files should give.
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
        }
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_with_what_it_takes()
    {
        byte[] newer = [.. valid];
        newer[8] = newer[10] = 3;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(newer.AsSpan(12), Crc32C.Compute(newer.AsSpan(0, 12)));
        StoreVersionException refused = Assert.Throws<StoreVersionException>(() => Open(newer));
        Assert.Contains("reads version 3", refused.Message, StringComparison.Ordinal);
        // A newer version that this program can read too.
        newer[10] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(newer.AsSpan(12), Crc32C.Compute(newer.AsSpan(0, 12)));
        using SegmentFile segment = Open(newer);
        Assert.Equal(spans, HeadTables.Read(segment.Table));
    }

    [Fact]
    public void A_disk_that_cannot_be_read_is_an_exception()
    {
        FaultyFileSystem files = Files(valid);
        using SegmentFile segment = SegmentFile.Open(files, SegmentTesting.PathOf(1));
        files.Fails = (operation, _) => operation == FileOperation.Read;
        Assert.Throws<StoreIoException>(() => segment.Table.Names);
        Assert.Contains(segment.Verify(CancellationToken.None), finding => finding.Contains("made to fail", StringComparison.Ordinal));
        files.Fails = null;
        Assert.Equal(spans, HeadTables.Read(segment.Table));
    }

    private static SegmentFile Open(byte[] content) => SegmentFile.Open(Files(content), SegmentTesting.PathOf(1));

    private static FaultyFileSystem Files(byte[] content)
    {
        FaultyFileSystem files = SegmentTesting.Files();
        files.Put(SegmentTesting.PathOf(1), content);
        return files;
    }

    private byte[] Break(Random random)
    {
        byte[] broken = [.. valid];
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            int at = SegmentFormat.HeaderBytes + random.Next(broken.Length - SegmentFormat.HeaderBytes - SegmentFormat.TailBytes);
            switch (random.Next(3))
            {
                case 0:
                    broken[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    broken[at] = (byte)random.Next(256);
                    break;
                default:
                    broken.AsSpan(at, Math.Min(5, broken.Length - SegmentFormat.TailBytes - at)).Fill(0xFF);
                    break;
            }
        }
        for (int at = SegmentFormat.HeaderBytes; at <= broken.Length - SegmentFormat.TailBytes - SectionHeader.ByteCount;)
        {
            // Headers are put right too, or the walk would end at the first one that is broken.
            var header = SectionHeader.Read(valid.AsSpan(at));
            header.WriteTo(broken.AsSpan(at), broken.AsSpan(at + SectionHeader.ByteCount, header.StoredLength));
            at += SectionHeader.ByteCount + header.StoredLength;
        }
        return broken;
    }
}
