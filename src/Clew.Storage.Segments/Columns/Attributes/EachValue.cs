using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>What no scan can answer (a number by its text): asks the matcher about each value, about one that comes again only once.</summary>
internal static class EachValue
{
    // Answers kept: enough for every status code or port, and bounded where all values differ.
    private const int AnswersMax = 4096;

    public static void Match(IAttributeValues values, ValueMatcher matcher, RowBitmap positions)
    {
        var answers = new Dictionary<AttributeValue, bool>();
        positions.Clear();
        for (int position = 0; position < positions.RowCount; position++)
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
}
