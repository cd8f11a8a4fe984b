namespace Clew.Storage.Segments.Files;

/// <summary>There is no space left (or no quota): the same operation may succeed once some is freed.</summary>
public sealed class DiskFullException(string operation, string path, Exception? inner = null)
    : StoreIoException(operation, path, "no space left on the device", inner);
