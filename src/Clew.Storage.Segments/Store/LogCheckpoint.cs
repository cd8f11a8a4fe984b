using System.Buffers.Binary;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// What segments that retention deletes were the last to say, written before they go: from where the log is needed, so that what was deleted does not come back from it, and how
/// many traces that are still there were counted in them (<see cref="Segments.SegmentInfo.NewTraces"/>). docs/format/wal.md has the file.
/// </summary>
/// <param name="Position">Of the log. 0 when there is no such file, or when it is damaged: then more of the log is replayed than is needed, and nothing is lost.</param>
/// <param name="CarriedTraces">0 when it is not known: then traces that go on from deleted segments are not counted.</param>
internal readonly record struct LogCheckpoint(long Position, long CarriedTraces)
{
    public const string FileName = "retained.pos";

    private const string UnfinishedName = FileName + ".tmp";
    private const int PositionBytes = 20, Bytes = 32;

    private static ReadOnlySpan<byte> Magic => "CLEWPOS\n"u8;

    public static LogCheckpoint Read(IFileSystem files, string directory)
    {
        if (!files.ListFiles(directory).Contains(FileName))
            return default;
        Span<byte> content = stackalloc byte[Bytes];
        using IStoreFile file = files.OpenRead(Path.Combine(directory, FileName));
        int length = file.Read(content, 0);
        if (length < PositionBytes || !content.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(content[16..]) != Crc32C.Compute(content[..16]))
            return default;
        // The file ended here once.
        bool hasTraces = length == Bytes && BinaryPrimitives.ReadUInt32LittleEndian(content[28..]) == Crc32C.Compute(content[..28]);
        return new LogCheckpoint(BinaryPrimitives.ReadInt64LittleEndian(content[8..]), hasTraces ? BinaryPrimitives.ReadInt64LittleEndian(content[20..]) : 0);
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="StoreIoException"/>
    public void Write(IFileSystem files, string directory)
    {
        byte[] content = new byte[Bytes];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(8), Position);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(16), Crc32C.Compute(content.AsSpan(0, 16)));
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(20), CarriedTraces);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(28), Crc32C.Compute(content.AsSpan(0, 28)));
        string unfinished = Path.Combine(directory, UnfinishedName);
        files.Delete(unfinished);
        using (IStoreFile file = files.Create(unfinished))
        {
            file.Write([content], 0);
            file.FlushToDisk();
        }
        files.Rename(unfinished, Path.Combine(directory, FileName));
        files.SyncDirectory(directory);
    }
}
