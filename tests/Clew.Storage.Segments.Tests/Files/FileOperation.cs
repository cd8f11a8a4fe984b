namespace Clew.Storage.Segments.Tests.Files;

/// <summary>What a <see cref="FaultyFileSystem"/> counts and can be told to fail.</summary>
internal enum FileOperation
{
    Create,
    Open,
    List,
    Read,
    Write,
    Flush,
    Truncate,
    Rename,
    Delete,
    SyncDirectory,
    FreeBytes,
    Lock,
}
