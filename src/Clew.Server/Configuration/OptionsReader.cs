using System.Collections.Immutable;

namespace Clew.Server.Configuration;

/// <summary>Makes options of what was written, checking everything before anything starts.</summary>
internal static class OptionsReader
{
    private const string DefaultSource = "default";

    /// <param name="layers">The weakest first; a later layer replaces an earlier one's value.</param>
    /// <exception cref="ConfigurationException">Everything that is wrong.</exception>
    public static EffectiveOptions Read(params IEnumerable<IEnumerable<ConfiguredValue>> layers)
    {
        var errors = new List<string>();
        var given = new Dictionary<Setting, (string Text, string Source)>();
        foreach (IEnumerable<ConfiguredValue> layer in layers)
        {
            foreach ((Setting setting, (string Text, string Source) value) in ReadLayer(layer, errors))
                given[setting] = value;
        }

        var options = new ClewOptions();
        foreach (Setting setting in Settings.All)
        {
            (string text, string source) = given.GetValueOrDefault(setting, (setting.DefaultText, DefaultSource));
            try
            {
                options = setting.Apply(options, text);
            }
            catch (FormatException error)
            {
                errors.Add($"{setting.Key}: '{(setting.IsSecret ? Kinds.SecretKind.Shown : text)}' does not do: {error.Message} ({source})");
            }
        }
        if (errors.Count == 0)
            errors.AddRange(OptionsRules.Violations(options));
        if (errors.Count > 0)
            throw new ConfigurationException(errors);
        ImmutableArray<EffectiveSetting> settings =
            [.. Settings.All.Select(setting => new EffectiveSetting(setting, setting.Format(options), SourceOf(setting)))];
        return new(options, settings);

        string SourceOf(Setting setting) => given.TryGetValue(setting, out (string Text, string Source) value) ? value.Source : DefaultSource;
    }

    private static Dictionary<Setting, (string Text, string Source)> ReadLayer(IEnumerable<ConfiguredValue> layer, List<string> errors)
    {
        var given = new Dictionary<Setting, (string Text, string Source)>();
        foreach (ConfiguredValue value in layer)
        {
            Setting? setting = SettingNames.Find(value.Key);
            if (setting is null)
                errors.Add(UnknownKey(value));
            else if (value.Text is null)
                errors.Add($"{setting.Key}: has no value; leave it out for the default ({value.Source})");
            else if (setting.IsList && given.TryGetValue(setting, out (string Text, string Source) earlier))
                given[setting] = ($"{earlier.Text},{value.Text}", value.Source);
            else
                given[setting] = (value.Text, value.Source);
        }
        return given;
    }

    private static string UnknownKey(ConfiguredValue value)
    {
        string hint = SettingNames.Nearest(value.Key) is { } nearest ? $"did you mean {nearest}?" : "'clew serve --help' lists all settings";
        return $"{value.Key}: no such setting, given '{value.Text}'; {hint} ({value.Source})";
    }
}
