using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Clew.Storage.Segments.Files;

/// <summary>A read-only map of the operating system's.</summary>
internal sealed unsafe class MappedFile : MemoryManager<byte>, IMappedFile
{
    private readonly MemoryMappedViewAccessor view;
    private readonly int length;
    private byte* pointer;

    private MappedFile(MemoryMappedViewAccessor view, int length)
    {
        this.view = view;
        this.length = length;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        pointer += view.PointerOffset;
    }

    ReadOnlyMemory<byte> IMappedFile.Memory => Memory;

    /// <exception cref="IOException">It cannot be opened, is empty, or is larger than what one span can hold.</exception>
    public static IMappedFile Open(string path)
    {
        // Deleting and renaming stay possible while it is mapped, where the operating system lets them.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.Length is 0 or > int.MaxValue)
        {
            using (stream)
                throw new IOException($"The file has {stream.Length} bytes; 1 to {int.MaxValue} can be mapped.");
        }
        int length = (int)stream.Length;
        // The view lives on without the file: one open file less for each segment.
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        return new MappedFile(file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(pointer is null, this);
        return new Span<byte>(pointer, length);
    }

    /// <summary>The bytes never move; a handle only has to keep this alive.</summary>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        ObjectDisposedException.ThrowIf(pointer is null, this);
        return new MemoryHandle(pointer + elementIndex, default, this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || pointer is null)
            return;
        pointer = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }
}
