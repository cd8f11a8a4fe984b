using System.Buffers;
using System.Text;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Texts within sections: the number of their bytes and these, in UTF-8.</summary>
internal static class SectionText
{
    public static void WriteText(this ColumnWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.WriteVarint((ulong)bytes.Length);
        writer.WriteBytes(bytes);
    }

    public static void WriteText(this IBufferWriter<byte> output, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        output.Advance(Varint.Write(output.GetSpan(Varint.BytesMax), (ulong)bytes.Length));
        output.Write(bytes);
    }

    public static string ReadText(this SectionReader section, string what) =>
        Encoding.UTF8.GetString(section.ReadBytes(section.ReadCount(section.Remaining, what), what).Span);
}
