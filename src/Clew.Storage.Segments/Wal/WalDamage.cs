namespace Clew.Storage.Segments.Wal;

/// <summary>What is wrong with a place in the log.</summary>
public enum WalDamageKind
{
    /// <summary>
    /// The newest file ends in bytes that are no record. Ordinary after a power loss, when they are appends that were not acknowledged; but a spoilt last record looks
    /// the same.
    /// </summary>
    TornTail,

    /// <summary>Bytes between records, or instead of them, that do not verify.</summary>
    Unreadable,

    /// <summary>Positions are left out, without bytes that could have been them.</summary>
    Missing,
}

/// <summary>A place in the log that could not be replayed.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Bytes">How much; 0 when records are missing between two that stand side by side.</param>
/// <param name="FirstMissing">Position of the first record that is known to be missing; 0 when none is.</param>
/// <param name="LastMissing">Position of the last of them.</param>
/// <param name="SetAsidePath">The copy of the bytes; null when there are none or copying failed.</param>
public sealed record WalDamage(
    WalDamageKind Kind, string Path, long Offset, long Bytes, long FirstMissing, long LastMissing, string? SetAsidePath)
{
    public const string Extension = ".damaged";

    public long MissingRecords => FirstMissing == 0 ? 0 : LastMissing - FirstMissing + 1;

    /// <summary>One line for a log.</summary>
    public override string ToString()
    {
        string what = Kind switch
        {
            WalDamageKind.TornTail => $"the write-ahead log ends in {Bytes} bytes that are no record",
            WalDamageKind.Unreadable => $"{Bytes} bytes of the write-ahead log cannot be read",
            _ => "records of the write-ahead log are missing",
        };
        string lost = MissingRecords == 0 ? "" : $"; lost: records {FirstMissing} to {LastMissing}";
        string aside = SetAsidePath is null ? "" : $"; the bytes are kept in '{SetAsidePath}'";
        return $"In '{Path}' at {Offset}: {what}{lost}{aside}.";
    }
}
