using System.Globalization;

namespace Clew.Server.Configuration;

/// <summary>Finds settings by the names people write.</summary>
internal static class SettingNames
{
    private static readonly Dictionary<string, Setting> ByKey =
        Settings.All.ToDictionary(static setting => setting.Key, StringComparer.OrdinalIgnoreCase);

    public static Setting? Find(string key)
    {
        if (ByKey.TryGetValue(key, out Setting? setting))
            return setting;
        // An item of an array: key.0, key.1, …
        int dot = key.LastIndexOf('.');
        return dot > 0
            && int.TryParse(key.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && ByKey.TryGetValue(key[..dot], out setting)
            && setting.IsList ? setting : null;
    }

    public static bool IsSection(string key) =>
        Settings.All.Any(setting => setting.Section.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The known key that a wrong one most likely meant, or null: the same name without its section, or few letters apart.</summary>
    public static string? Nearest(string key)
    {
        Setting? sameName = Settings.All.FirstOrDefault(setting => setting.Key.EndsWith("." + key, StringComparison.OrdinalIgnoreCase));
        if (sameName is not null)
            return sameName.Key;
        Setting nearest = Settings.All.MinBy(setting => Distance(setting.Key, key))!;
        return Distance(nearest.Key, key) <= Math.Max(2, key.Length / 4) ? nearest.Key : null;
    }

    /// <summary>Levenshtein distance without case.</summary>
    internal static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int substitution = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substitution, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
