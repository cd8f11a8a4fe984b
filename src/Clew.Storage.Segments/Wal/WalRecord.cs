using Clew.Model;

namespace Clew.Storage.Segments.Wal;

/// <summary>A batch as the log keeps it: the body as received, and what validation made of it.</summary>
/// <param name="Format">How the decompressed body is encoded; never <see cref="BatchFormat.None"/>, which nothing could decode.</param>
/// <param name="Encoding">Compression of the body.</param>
/// <param name="Body">As received. The log reads it until the append completes: it must not change or return to a pool before.</param>
/// <param name="RejectedRows">
/// Rows of the decoded batch that validation refused, ascending and without repetition. A replay decodes the same rows again and must leave the same ones
/// out, whatever its own rules say.
/// </param>
/// <param name="LimitsVersion">Of the rules and limits the rows were validated under: cutting to a limit is repeated, not recorded.</param>
internal readonly record struct WalRecord(
    BatchFormat Format,
    BodyEncoding Encoding,
    ReadOnlyMemory<byte> Body,
    ReadOnlyMemory<int> RejectedRows,
    uint LimitsVersion);
