using Clew.Model;

namespace Clew.Storage.Segments.Wal;

/// <summary>A batch as the log keeps it.</summary>
/// <param name="Format">How the decompressed body is encoded; never <see cref="BatchFormat.None"/>, which nothing could decode.</param>
/// <param name="Encoding">Compression of the body.</param>
/// <param name="Body">What decodes to the rows that are stored. The log reads it until the append completes: it must not change or return to a pool before.</param>
internal readonly record struct WalRecord(BatchFormat Format, BodyEncoding Encoding, ReadOnlyMemory<byte> Body);
