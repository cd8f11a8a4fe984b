using System.Buffers;

namespace Clew.Storage.Segments;

/// <summary>
/// Puts texts of one shape straight where their rows are, in binary: ids that nearly every row has its own of, which need no order among them, because no dictionary is made of them.
/// </summary>
internal static class DistinctTexts
{
    /// <returns>The texts of the rows, or null when they are not all of one binary shape, or so few differ that a dictionary takes less.</returns>
    /// <param name="values">The texts.</param>
    /// <param name="isUsed">By their codes: not 0 for those that some row has.</param>
    /// <param name="codes">The code of each row; none when all have code 0.</param>
    /// <param name="rows">Where each row goes.</param>
    /// <param name="shape">What they have in common.</param>
    public static FixedBytesColumn? TryEncode(ValueDictionary values, ReadOnlySpan<uint> isUsed, ReadOnlySpan<uint> codes, ReadOnlySpan<int> rows, out TextShape shape)
    {
        shape = default;
        int used = isUsed.Length - isUsed.Count(0u);
        if (codes.IsEmpty || used == 0)
            return null;
        shape = TextShape.Of(values[(uint)isUsed.IndexOfAnyExcept(0u)]);
        // What reads as a number says nothing about the others, and the widest encoded text bounds what is rented.
        if (shape.Kind is not (TextShapeKind.Uuid or TextShapeKind.Hex) || !ValueColumn.IsSmallerRowByRow(used, rows.Length, shape))
            return null;
        int width = shape.EncodedBytes;
        byte[] encoded = ArrayPool<byte>.Shared.Rent(checked(isUsed.Length * width));
        try
        {
            Span<byte> text = stackalloc byte[TextShape.TextBytesMax];
            for (int code = 0; code < isUsed.Length; code++)
            {
                if (isUsed[code] == 0)
                    continue;
                if (!shape.TryEncode(values[(uint)code], text))
                    return null;
                text[..width].CopyTo(encoded.AsSpan(code * width));
            }
            byte[] ordered = GC.AllocateUninitializedArray<byte>(checked(rows.Length * width));
            for (int i = 0; i < rows.Length; i++)
                encoded.AsSpan((int)codes[i] * width, width).CopyTo(ordered.AsSpan(rows[i] * width));
            return new FixedBytesColumn(ordered, width);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }
}
