namespace Clew.Storage.Segments.Wal;

/// <summary>Constants of the log's files; <c>docs/format/wal.md</c> draws them. Numbers are little-endian.</summary>
internal static class WalFormat
{
    /// <summary>Of the files this code writes.</summary>
    public const ushort Version = 1;

    /// <summary>Code that knows this version can read the files this code writes.</summary>
    public const ushort MinReaderVersion = 1;

    /// <summary>Bytes of a body. Far above any limit on requests; a reader does not believe more.</summary>
    public const int ContentBytesMax = 1 << 30;

    /// <summary>A position beyond is no position but noise; leaves room to add without overflow.</summary>
    public const long PositionMax = long.MaxValue / 2;
}
