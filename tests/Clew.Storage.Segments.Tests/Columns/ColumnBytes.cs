using System.Buffers;

namespace Clew.Storage.Segments.Tests;

internal static class ColumnBytes
{
    public static byte[] Write(Action<ColumnWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new ColumnWriter(output));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes and reads back; everything written must be read.</summary>
    public static T RoundTrip<T>(Action<ColumnWriter> write, Func<ColumnReader, T> read)
    {
        var reader = new ColumnReader(Write(write));
        T column = read(reader);
        Assert.True(reader.AtEnd);
        return column;
    }
}
