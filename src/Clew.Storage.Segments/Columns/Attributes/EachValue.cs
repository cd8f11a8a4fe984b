using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>What no scan can answer (a number by its text): asks the matcher about each value, about one that comes again only once.</summary>
internal static class EachValue
{
    // Answers kept: enough for every status code or port, and bounded where all values differ.
    private const int AnswersMax = 4096;

    public static void Match(IAttributeValues values, ValueMatcher matcher, RowBitmap? among, RowBitmap positions)
    {
        var answers = new Dictionary<AttributeValue, bool>();
        positions.Clear();
        for (int position = Next(among, 0, positions.RowCount); position >= 0; position = Next(among, position + 1, positions.RowCount))
        {
            AttributeValue value = values.Get(position);
            if (!answers.TryGetValue(value, out bool matches))
            {
                matches = matcher.IsMatch(value);
                if (answers.Count < AnswersMax)
                    answers.Add(value, matches);
            }
            if (matches)
                positions.Set(position);
        }
    }

    public static void Tally(IAttributeValues values, RowBitmap positions, Dictionary<AttributeValue, long> counts)
    {
        foreach (int position in positions)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, values.Get(position), out _)++;
    }

    private static int Next(RowBitmap? among, int position, int count) => among?.Next(position) ?? (position < count ? position : -1);
}
