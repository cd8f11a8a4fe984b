namespace Clew.Storage;

/// <summary>The store cannot take or answer anything right now (disk full, shutting down); nothing of the request was stored.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
