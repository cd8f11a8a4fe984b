namespace Clew.Storage.Segments.Wal;

/// <summary>A file of the log.</summary>
/// <param name="Name">What its name says.</param>
/// <param name="Path">Where it is.</param>
/// <param name="HasDamageNotSetAside">It holds unreadable bytes of which no copy could be made: it must not be deleted.</param>
internal sealed record WalFile(WalFileName Name, string Path, bool HasDamageNotSetAside = false);
