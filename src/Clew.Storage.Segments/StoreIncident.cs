namespace Clew.Storage.Segments;

/// <summary>What kind of thing happened to the store.</summary>
public enum StoreIncidentKind
{
    /// <summary>A place of the write-ahead log could not be replayed.</summary>
    LogDamage,

    /// <summary>A segment is damaged; it stays where it is and is not used.</summary>
    SegmentDamage,

    /// <summary>A segment could not be written; it is tried again.</summary>
    WriteFailure,

    /// <summary>A batch that was in the log could not be put into memory; a sender that waits for it is told to send it again.</summary>
    AppendFailure,
}

/// <summary>Something whoever runs the store should know.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The file or directory.</param>
/// <param name="Message">One line for a person.</param>
public sealed record StoreIncident(StoreIncidentKind Kind, string Path, string Message);
