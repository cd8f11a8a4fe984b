using System.IO.Compression;

namespace Clew.Storage.Segments;

/// <summary>When bytes are stored compressed: with Brotli at quality 1, where that saves at least an eighth. Reading them back costs about a nanosecond a byte.</summary>
internal static class Brotli
{
    // Below this there is nothing to win.
    private const int CompressedBytesMin = 64;

    /// <summary>Appends the bytes compressed, or as they are.</summary>
    /// <returns>How many were appended; as many as there are when they are not compressed.</returns>
    public static int AppendSmaller(ReadOnlySpan<byte> raw, PooledBytes output, int windowBits)
    {
        if (raw.Length >= CompressedBytesMin)
        {
            int worthwhile = raw.Length - raw.Length / 8;
            if (BrotliEncoder.TryCompress(raw, output.GetSpan(worthwhile)[..worthwhile], out int written, quality: 1, windowBits))
            {
                output.Advance(written);
                return written;
            }
        }
        output.Write(raw);
        return raw.Length;
    }
}
