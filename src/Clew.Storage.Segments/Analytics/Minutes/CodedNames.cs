using System.Runtime.InteropServices;
using System.Text;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// The texts of a column by codes: those of its dictionary, or, where texts stand row by row, codes as they come (only names that all are numbers or ids do). One
/// thread at a time.
/// </summary>
internal sealed class CodedNames
{
    private readonly Dictionary<string, uint> spelt = [];
    private readonly List<string?> texts = [];

    public void ReadCodes(ValueColumn column, int start, Span<uint> codes)
    {
        if (column.Dictionary is not null)
        {
            column.Codes.Unpack(start, codes);
            return;
        }
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (int i = 0; i < codes.Length; i++)
        {
            string text = Encoding.UTF8.GetString(column.Get(start + i, scratch));
            if (!spelt.TryGetValue(text, out codes[i]))
            {
                spelt.Add(text, codes[i] = (uint)texts.Count);
                texts.Add(text);
            }
        }
    }

    /// <summary>Decodes the text of a code that occurs.</summary>
    public void Spell(ValueColumn column, uint code)
    {
        if (code >= texts.Count)
            CollectionsMarshal.SetCount(texts, (int)code + 1);
        texts[(int)code] ??= Encoding.UTF8.GetString(column.ValueOf(code, stackalloc byte[TextShape.TextBytesMax]));
    }

    /// <summary>The place of each code's text among all that occur, in ordinal order.</summary>
    public int[] Ranks(out string[] names)
    {
        int[] ranks = new int[texts.Count];
        int[] codes = [.. Enumerable.Range(0, texts.Count).Where(code => texts[code] is not null)];
        string[] sorted = Array.ConvertAll(codes, code => texts[code]!);
        Array.Sort(sorted, codes, StringComparer.Ordinal);
        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            // Bytes that are no UTF-8 may become the same text.
            if (i == 0 || sorted[i] != sorted[distinct - 1])
                sorted[distinct++] = sorted[i];
            ranks[codes[i]] = distinct - 1;
        }
        names = sorted[..distinct];
        return ranks;
    }
}
