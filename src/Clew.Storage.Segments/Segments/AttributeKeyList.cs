using System.Text;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>The section that says which attribute each column is of.</summary>
internal static class AttributeKeyList
{
    private const byte Version = 1;

    // Occurrence and length take a byte each at least.
    private const int KeyBytesMin = 2;

    /// <summary>One section: count (varint), for each its occurrence (varint) and name (length as varint, UTF-8); with Brotli when it pays.</summary>
    public static void Write(ColumnWriter writer, IReadOnlyList<AttributeKey> keys)
    {
        writer.Begin(SectionType.Keys, Version);
        writer.WriteVarint((ulong)keys.Count);
        foreach (AttributeKey key in keys)
        {
            byte[] name = Encoding.UTF8.GetBytes(key.Name);
            writer.WriteVarint((ulong)key.Occurrence);
            writer.WriteVarint((ulong)name.Length);
            writer.WriteBytes(name);
        }
        writer.End(tryBrotli: true);
    }

    /// <exception cref="SegmentFormatException">The bytes are damaged, or a key stands there twice.</exception>
    public static AttributeKey[] Read(ColumnReader reader)
    {
        SectionReader section = reader.Read(SectionType.Keys, Version);
        int count = section.ReadCount(AttributeTable.ColumnsMax, "the number of keys");
        if (count > section.Remaining / KeyBytesMin)
            throw section.Bad($"there are {count} keys, but {section.Remaining} bytes are left");
        var keys = new AttributeKey[count];
        var known = new HashSet<AttributeKey>(count);
        for (int i = 0; i < count; i++)
        {
            int occurrence = section.ReadCount(int.MaxValue, "the occurrence of a key");
            int length = section.ReadCount(section.Remaining, "the length of a key");
            keys[i] = new AttributeKey(Encoding.UTF8.GetString(section.ReadBytes(length, "a key").Span), occurrence);
            if (!known.Add(keys[i]))
                throw section.Bad($"key {i} stands there twice");
        }
        section.ExpectEnd();
        return keys;
    }
}
