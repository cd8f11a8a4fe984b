using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// An open segment. Opening reads its two ends only; columns are read and verified when they are first used, and then lie where the file is mapped.
/// </summary>
/// <remarks>Its owner disposes it when nobody reads any more (<see cref="Store.LiveSegment"/>). What is read after that throws.</remarks>
internal sealed class SegmentFile : IDisposable
{
    private readonly IStoreFile file;
    private readonly IMappedFile mapped;
    private readonly SegmentSections sections;
    private readonly SegmentTable table;

    private SegmentFile(IStoreFile file, IMappedFile mapped, SegmentFooter footer)
    {
        this.file = file;
        this.mapped = mapped;
        Info = footer.Info;
        sections = new SegmentSections(file, mapped.Memory, footer.Entries);
        table = new SegmentTable(sections, footer);
    }

    public SegmentInfo Info { get; }

    public string Path => file.Path;

    public SpanTable Table => table;

    /// <summary>What is where in the file.</summary>
    public IReadOnlyList<SegmentEntry> Entries => sections.Entries;

    /// <exception cref="StoreIoException">The operating system refused.</exception>
    /// <exception cref="SegmentFormatException">It is no segment, not whole, or its footer is damaged.</exception>
    /// <exception cref="StoreVersionException">It takes a newer program.</exception>
    public static SegmentFile Open(IFileSystem files, string path)
    {
        IStoreFile file = files.OpenRead(path);
        IMappedFile? mapped = null;
        try
        {
            SegmentFooter footer = ReadFooter(file);
            mapped = files.OpenMapped(path);
            if (mapped.Memory.Length != footer.Info.Bytes)
                throw new SegmentFormatException($"the file has {mapped.Memory.Length} bytes now, and had {footer.Info.Bytes}", $"'{path}'", 0);
            return new SegmentFile(file, mapped, footer);
        }
        catch
        {
            mapped?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the extra with this number wrote; null when there is none.</summary>
    /// <exception cref="StoreIoException"/>
    public ColumnReader? OpenExtra(int number) => sections.TryOpen(SegmentSection.Extra, number);

    /// <summary>Reads and checks everything.</summary>
    /// <returns>What is wrong, in words; nothing when all is well.</returns>
    /// <exception cref="OperationCanceledException"/>
    public IReadOnlyList<string> Verify(CancellationToken cancellation) => new SegmentVerifier(sections, table, file.Path).Run(cancellation);

    public void Dispose()
    {
        mapped.Dispose();
        file.Dispose();
    }

    private static SegmentFooter ReadFooter(IStoreFile file)
    {
        long length = file.Length;
        if (length < SegmentFormat.HeaderBytes + SectionHeader.ByteCount + SegmentFormat.TailBytes || length > int.MaxValue)
            throw new SegmentFormatException($"no segment has {length} bytes", $"'{file.Path}'", 0);
        SegmentEnds.CheckHeader(ReadExactly(file, 0, SegmentFormat.HeaderBytes), file.Path);
        long footerOffset = SegmentEnds.ReadTail(ReadExactly(file, length - SegmentFormat.TailBytes, SegmentFormat.TailBytes), file.Path, length);
        byte[] footer = ReadExactly(file, footerOffset, (int)(length - SegmentFormat.TailBytes - footerOffset));
        return SegmentFooter.Read(new ColumnReader(footer, footerOffset, $"'{file.Path}'"), footerOffset, length);
    }

    private static byte[] ReadExactly(IStoreFile file, long offset, int count)
    {
        byte[] bytes = new byte[count];
        return file.Read(bytes, offset) == count ? bytes : throw new SegmentFormatException("the file ends early", $"'{file.Path}'", offset);
    }
}
