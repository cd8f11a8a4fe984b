using System.Buffers.Binary;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// From where the log is needed, for when no segment says it any more: written before retention deletes the one that says the most, so that what was deleted does not
/// come back from the log. Magic (8 bytes), position (8), CRC-32C of both (4).
/// </summary>
internal static class LogCheckpoint
{
    public const string FileName = "retained.pos";

    private const string UnfinishedName = FileName + ".tmp";
    private const int Bytes = 20;

    private static ReadOnlySpan<byte> Magic => "CLEWPOS\n"u8;

    /// <summary>0 when there is none, or when it is damaged: then more of the log is replayed than is needed, and nothing is lost.</summary>
    public static long Read(IFileSystem files, string directory)
    {
        if (!files.ListFiles(directory).Contains(FileName))
            return 0;
        Span<byte> content = stackalloc byte[Bytes];
        using IStoreFile file = files.OpenRead(Path.Combine(directory, FileName));
        bool isWhole = file.Read(content, 0) == Bytes && content.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt32LittleEndian(content[16..]) == Crc32C.Compute(content[..16]);
        return isWhole ? BinaryPrimitives.ReadInt64LittleEndian(content[8..]) : 0;
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="StoreIoException"/>
    public static void Write(IFileSystem files, string directory, long position)
    {
        byte[] content = new byte[Bytes];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(8), position);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(16), Crc32C.Compute(content.AsSpan(0, 16)));
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
