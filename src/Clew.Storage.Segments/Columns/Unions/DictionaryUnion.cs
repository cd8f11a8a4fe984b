namespace Clew.Storage.Segments;

/// <summary>Makes one sorted dictionary of several by walking through all of them side by side: each value is compared with few others, and none is hashed.</summary>
internal static class DictionaryUnion
{
    /// <param name="inputs">The dictionaries.</param>
    /// <param name="maps">For each of them, by its codes: not 0 for values that are used; receives their new codes.</param>
    /// <exception cref="InvalidOperationException">The values together are more than one dictionary may have.</exception>
    public static FrozenValueDictionary Unite(ReadOnlySpan<ValueDictionary> inputs, ReadOnlySpan<Memory<uint>> maps)
    {
        var walks = new List<Walk>(inputs.Length);
        int countExpected = 0, bytesExpected = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            var cursor = new SortedCursor(inputs[i], maps[i]);
            countExpected = Math.Max(countExpected, inputs[i].Count);
            bytesExpected = Math.Max(bytesExpected, UsedBytes(inputs[i], maps[i].Span));
            if (cursor.MoveNext())
                walks.Add(new Walk(cursor, maps[i]));
        }
        var united = new SortedValues(countExpected, bytesExpected);
        while (walks.Count > 1)
            TakeSmallest(walks, united);
        if (walks.Count == 1)
            TakeRest(walks[0], united);
        return united.ToDictionary();
    }

    // Of a dictionary whose values lie as they are; those of a stored one would have to be decompressed for it.
    private static int UsedBytes(ValueDictionary values, ReadOnlySpan<uint> isUsed)
    {
        if (values.IsSorted)
            return values.Count * 8;
        int bytes = 0;
        for (int code = 0; code < isUsed.Length; code++)
            bytes += isUsed[code] == 0 ? 0 : values[(uint)code].Length;
        return bytes;
    }

    private static void TakeSmallest(List<Walk> walks, SortedValues united)
    {
        int smallest = 0;
        for (int i = 1; i < walks.Count; i++)
        {
            if (walks[i].Cursor.Value.SequenceCompareTo(walks[smallest].Cursor.Value) < 0)
                smallest = i;
        }
        ReadOnlySpan<byte> value = walks[smallest].Cursor.Value;
        uint code = (uint)united.Count;
        united.Add(value);
        // From the end, because walks that are done are removed; the smallest itself comes last, because moving it spoils the value.
        for (int i = walks.Count - 1; i >= 0; i--)
        {
            if (i != smallest && walks[i].Cursor.Value.SequenceEqual(value))
                Step(walks, i, code, ref smallest);
        }
        Step(walks, smallest, code, ref smallest);
    }

    private static void Step(List<Walk> walks, int index, uint code, ref int smallest)
    {
        Walk walk = walks[index];
        walk.Map.Span[(int)walk.Cursor.Code] = code;
        if (walk.Cursor.MoveNext())
            return;
        walks.RemoveAt(index);
        if (index < smallest)
            smallest--;
    }

    private static void TakeRest(Walk walk, SortedValues united)
    {
        do
        {
            uint code = (uint)united.Count;
            united.Add(walk.Cursor.Value);
            walk.Map.Span[(int)walk.Cursor.Code] = code;
        }
        while (walk.Cursor.MoveNext());
    }

    private readonly record struct Walk(SortedCursor Cursor, Memory<uint> Map);
}
