using System.Buffers;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Segments;

/// <summary>Gives the pieces of an open segment. Any number of threads may use it at once.</summary>
/// <param name="file">The file, for plain reads.</param>
/// <param name="mapped">The same bytes as memory.</param>
/// <param name="entries">Where the pieces are.</param>
internal sealed class SegmentSections(IStoreFile file, ReadOnlyMemory<byte> mapped, IReadOnlyList<SegmentEntry> entries)
{
    private const int ReadBytes = 256 << 10;

    private readonly Dictionary<(SegmentSection, int), SegmentEntry> byName = entries.ToDictionary(static entry => (entry.Section, entry.Number));

    public IReadOnlyList<SegmentEntry> Entries => entries;

    /// <summary>The sections of a piece. Each verifies its checksum when it is read, so a piece is opened once and what was read of it is kept.</summary>
    /// <exception cref="SegmentFormatException">There is no such piece.</exception>
    /// <exception cref="StoreIoException">The disk cannot give it.</exception>
    public ColumnReader Open(SegmentSection section, int number = 0) =>
        TryOpen(section, number) ?? throw new SegmentFormatException($"there is no piece {section} {number}", $"'{file.Path}'", 0);

    /// <summary>The same, or null when there is no such piece.</summary>
    /// <exception cref="StoreIoException"/>
    public ColumnReader? TryOpen(SegmentSection section, int number) => byName.TryGetValue((section, number), out SegmentEntry entry) ? Open(entry) : null;

    /// <inheritdoc cref="Open(SegmentSection, int)"/>
    public ColumnReader Open(SegmentEntry entry)
    {
        string place = $"{entry.Section} {entry.Number} of '{file.Path}'";
        bool isVerified = ReadThrough(entry, place);
        return new ColumnReader(mapped.Slice((int)entry.Offset, (int)entry.Length), entry.Offset, place, isVerified);
    }

    // A page of a map that the disk cannot give would end the process. Read like this first, it is an exception here and in memory afterwards. What was read is verified while it is in the
    // processor's cache; the map is touched only where values are used. Of a piece that is not right the reader of the sections says what is wrong, so here it only is not verified.
    private bool ReadThrough(SegmentEntry entry, string place)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        var checks = default(SectionChecks);
        try
        {
            for (long done = 0; done < entry.Length;)
            {
                int wanted = (int)Math.Min(ReadBytes, entry.Length - done);
                int read = file.Read(buffer.AsSpan(0, wanted), entry.Offset + done);
                if (read < wanted)
                    throw new SegmentFormatException($"the file ends after {read} of {wanted} bytes", place, entry.Offset + done);
                done += checks.Take(buffer.AsSpan(0, wanted));
            }
            return checks.AreRight;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
