namespace Clew.Storage;

/// <summary>
/// An archive has no room for another trace. It never makes room by itself: somebody chose to keep what is in it.
/// </summary>
public sealed class ArchiveFullException(string message) : Exception(message);
