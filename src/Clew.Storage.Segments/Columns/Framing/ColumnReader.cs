using System.IO.Compression;

namespace Clew.Storage.Segments;

/// <summary>
/// Reads the sections a <see cref="ColumnWriter"/> wrote. A section's length and checksum are verified before anything in it is looked at. What is not
/// compressed is not copied: columns are views of <paramref name="source"/>, which must stay as it is for as long as they are used.
/// </summary>
/// <param name="source">Sections one after the other.</param>
/// <param name="baseOffset">Where the source begins in its file, for messages.</param>
/// <param name="place">What file the source is of, and which part of it, for messages.</param>
internal sealed class ColumnReader(ReadOnlyMemory<byte> source, long baseOffset = 0, string? place = null)
{
    // What a decompressed section is first given room for; the rest comes as the bytes do, so that a false length costs nothing.
    private const int InflateBytesFirst = 1 << 16;

    private int position;

    public bool AtEnd => position == source.Length;

    /// <summary>Another reader of the same sections, at the first of them.</summary>
    public ColumnReader FromStart() => new(source, baseOffset, place);

    /// <summary>Another reader of the same sections, where this one stands.</summary>
    public ColumnReader Fork() => new(source, baseOffset, place) { position = position };

    /// <summary>Passes over a section without looking at more than the length it says it has. When that is false, the next section does not match its checksum.</summary>
    /// <exception cref="SegmentFormatException">Fewer bytes are left.</exception>
    public void Skip(SectionType passed)
    {
        ReadOnlyMemory<byte> rest = source[position..];
        if (rest.Length < SectionHeader.ByteCount)
            throw Bad(passed, $"only {rest.Length} bytes are left, fewer than the header of a section");
        int storedLength = SectionHeader.Read(rest.Span).StoredLength;
        if (storedLength < 0 || storedLength > rest.Length - SectionHeader.ByteCount)
            throw Bad(passed, $"the section says it has {storedLength} bytes, but {rest.Length - SectionHeader.ByteCount} are there");
        position += SectionHeader.ByteCount + storedLength;
    }

    /// <summary>The next section, which must be of the type and of a version not above the one given.</summary>
    /// <exception cref="SegmentFormatException">It is not, or it is damaged.</exception>
    public SectionReader Read(SectionType expected, byte versionMax)
    {
        ReadOnlyMemory<byte> rest = source[position..];
        if (rest.Length < SectionHeader.ByteCount)
            throw Bad(expected, $"only {rest.Length} bytes are left, fewer than the header of a section");
        var header = SectionHeader.Read(rest.Span);
        if (header.StoredLength is < 0 or > SectionHeader.SectionBytesMax || header.StoredLength > rest.Length - SectionHeader.ByteCount)
            throw Bad(expected, $"the section says it has {header.StoredLength} bytes, but {rest.Length - SectionHeader.ByteCount} are there");
        ReadOnlyMemory<byte> stored = rest.Slice(SectionHeader.ByteCount, header.StoredLength);
        if (SectionHeader.ChecksumOf(rest.Span, stored.Span) != header.Checksum)
            throw Bad(expected, "the checksum of the section does not match");
        if (header.Type != (ushort)expected)
            throw Bad(expected, $"a section of type {header.Type} stands here");
        if (header.Version == 0 || header.Version > versionMax)
            throw Bad(expected, $"the section is of version {header.Version}; this program reads up to {versionMax}");
        if ((header.Flags & ~SectionHeader.BrotliFlag) != 0)
            throw Bad(expected, $"the section has flags {header.Flags} that this program does not know");
        if (header.RawLength is < 0 or > SectionHeader.SectionBytesMax)
            throw Bad(expected, $"the section says it has {header.RawLength} bytes decompressed");
        bool compressed = header.Flags != 0;
        if (!compressed && header.RawLength != header.StoredLength)
            throw Bad(expected, "the section is not compressed, yet its two lengths differ");
        var section = new SectionReader(compressed ? Inflate(expected, stored.Span, header.RawLength) : stored, header.Version, Where(expected), baseOffset + position);
        position += SectionHeader.ByteCount + header.StoredLength;
        return section;
    }

    /// <summary>Reads all sections that are left, whatever they hold, for their checksums.</summary>
    /// <exception cref="SegmentFormatException">One is damaged.</exception>
    public void SkipAll()
    {
        while (!AtEnd)
        {
            ushort type = source.Length - position < SectionHeader.ByteCount ? (ushort)0 : SectionHeader.Read(source.Span[position..]).Type;
            Read((SectionType)type, byte.MaxValue);
        }
    }

    /// <summary>Nothing may be left.</summary>
    /// <exception cref="SegmentFormatException">Something is.</exception>
    public void ExpectEnd()
    {
        if (!AtEnd)
            throw new SegmentFormatException($"{source.Length - position} bytes follow after the last section", place ?? "sections", baseOffset + position);
    }

    private byte[] Inflate(SectionType type, ReadOnlySpan<byte> stored, int rawLength)
    {
        byte[] raw = new byte[Math.Min(rawLength, InflateBytesFirst)];
        int written = 0;
        using var decoder = new BrotliDecoder();
        while (true)
        {
            System.Buffers.OperationStatus status = decoder.Decompress(stored, raw.AsSpan(written), out int consumed, out int produced);
            stored = stored[consumed..];
            written += produced;
            if (status == System.Buffers.OperationStatus.Done && written == rawLength && stored.IsEmpty)
                return raw;
            if (status != System.Buffers.OperationStatus.DestinationTooSmall || raw.Length == rawLength)
                throw Bad(type, "the compressed bytes are not one stream of the length the section says");
            Array.Resize(ref raw, (int)Math.Min(rawLength, raw.Length * 2L));
        }
    }

    private SegmentFormatException Bad(SectionType type, string what) => new(what, Where(type), baseOffset + position);

    private string Where(SectionType type) => place is null ? type.ToString() : $"{type} of {place}";
}
