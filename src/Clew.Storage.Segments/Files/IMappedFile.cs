namespace Clew.Storage.Segments.Files;

/// <summary>
/// A file as memory. Reading a page of it that the disk cannot give ends the process, so that what was not read through <see cref="IStoreFile"/> before is not
/// looked at here. Disposed when nobody reads any more: asking <see cref="Memory"/> for its bytes then throws, but spans taken before are not checked.
/// </summary>
internal interface IMappedFile : IDisposable
{
    ReadOnlyMemory<byte> Memory { get; }
}
