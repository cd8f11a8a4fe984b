namespace Clew.Storage.Segments.Wal;

/// <summary>
/// Reads the records of one file in order, and finds its way from behind what does not verify to the next record that does. One thread at a time.
/// </summary>
/// <remarks>
/// <para>The name says where the file begins, the name of the next one where it ends: a record from there on was never acknowledged. So nothing that stands at
/// the end of an older file is missed as long as the positions before are there.</para>
/// <para>Never throws for what is in the file, but for a version it cannot read.</para>
/// </remarks>
internal sealed class WalFileReader
{
    private const int SearchBytes = 64 << 10;

    private readonly WalWindow window;
    private readonly WalFile file;
    private readonly long end;
    private readonly Action<WalFile, WalGap> report;
    private readonly uint salt;
    private long offset;
    private bool isAtEnd;

    /// <param name="window">On the file.</param>
    /// <param name="file">Which it is.</param>
    /// <param name="end">First position of the next file, <see cref="long.MaxValue"/> when this is the newest.</param>
    /// <param name="report">Is told what is unreadable or missing.</param>
    /// <exception cref="StoreVersionException"/>
    public WalFileReader(WalWindow window, WalFile file, long end, Action<WalFile, WalGap> report)
    {
        this.window = window;
        this.file = file;
        this.end = end;
        this.report = report;
        Expected = file.Name.First;
        salt = file.Name.Salt;
        // A spoilt header is bytes that do not verify, like any others.
        if (!WalFileHeader.TryDecode(window.At(0, WalFileHeader.Bytes).Span, out WalFileHeader header))
            return;
        if (header.MinReaderVersion > WalFormat.Version)
            throw new StoreVersionException(file.Path, header.Version, header.MinReaderVersion, WalFormat.Version);
        salt = header.Name.Salt;
        offset = WalFileHeader.Bytes;
    }

    private bool IsNewest => end == long.MaxValue;

    /// <summary>The position after the last record read.</summary>
    public long Expected { get; private set; }

    /// <summary>False at the end of the file. The body is valid until the next call.</summary>
    public bool TryRead(out long position, out WalRecord record)
    {
        position = 0;
        record = default;
        if (isAtEnd)
            return false;
        long next = offset;
        if (!TryRecordAt(next, out WalRecordHeader header, out record) && !TryFind(offset + 1, out next, out header, out record))
            return End();
        if (next != offset || header.Position != Expected)
            report(file, new WalGap(next == offset ? WalDamageKind.Missing : WalDamageKind.Unreadable, offset, next - offset, Expected, header.Position - 1));
        position = header.Position;
        offset = next + WalRecordHeader.Bytes + header.BodyBytes;
        Expected = position + 1;
        return true;
    }

    private bool End()
    {
        isAtEnd = true;
        long rest = window.Length - offset;
        if (IsNewest && rest > 0)
            report(file, new WalGap(WalDamageKind.TornTail, offset, rest, Expected, Expected - 1));
        else if (!IsNewest && Expected < end)
            report(file, new WalGap(rest > 0 ? WalDamageKind.Unreadable : WalDamageKind.Missing, offset, rest, Expected, end - 1));
        return false;
    }

    /// <summary>Looks for the next record that verifies, from an offset on.</summary>
    private bool TryFind(long from, out long found, out WalRecordHeader header, out WalRecord record)
    {
        found = from;
        while (found < window.Length)
        {
            ReadOnlySpan<byte> searched = window.At(found, SearchBytes).Span;
            int at = searched.IndexOf(WalRecordHeader.Magic);
            if (at < 0)
            {
                // The mark may have begun at the end of what was searched.
                found += Math.Max(1, searched.Length - WalRecordHeader.Magic.Length + 1);
                continue;
            }
            found += at;
            if (TryRecordAt(found, out header, out record))
                return true;
            found++;
        }
        header = default;
        record = default;
        return false;
    }

    private bool TryRecordAt(long at, out WalRecordHeader header, out WalRecord record)
    {
        record = default;
        if (!WalRecordHeader.TryDecode(window.At(at, WalRecordHeader.Bytes).Span, salt, out header) || header.Position < Expected || header.Position >= end)
            return false;
        // Before anything is read by them, the lengths are verified and within the file.
        if (at + WalRecordHeader.Bytes + header.BodyBytes > window.Length)
            return false;
        ReadOnlyMemory<byte> body = window.At(at + WalRecordHeader.Bytes, header.BodyBytes);
        if (Crc32C.Compute(body.Span) != header.ContentChecksum)
            return false;
        record = new WalRecord(header.Format, header.Encoding, body);
        return true;
    }
}
