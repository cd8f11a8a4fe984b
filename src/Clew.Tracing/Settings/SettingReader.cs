using Microsoft.Extensions.Configuration;

namespace Clew.Tracing.Settings;

/// <summary>Reads values by name, notes which names there are, and collects what is wrong with the values.</summary>
internal sealed class SettingReader(IConfiguration configuration, List<string> problems, string prefix = "")
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets what is configured. An empty value counts as none (OpenTelemetry, "Environment Variable Specification").</summary>
    /// <returns>True where there was a value that could be read.</returns>
    public bool Read<T>(string name, Func<string, T> parse, Action<T> set)
    {
        names.Add(name);
        return Text(name) is { } text && ReadValue(name, text, parse, set);
    }

    /// <summary>The same for a value that was put together elsewhere.</summary>
    public bool ReadValue<T>(string name, string text, Func<string, T> parse, Action<T> set)
    {
        try
        {
            set(parse(text));
            return true;
        }
        catch (FormatException problem)
        {
            problems.Add($"{prefix}{name}: '{text}' {problem.Message}");
            return false;
        }
    }

    /// <summary>A list, written as an array or with commas; it replaces what was there.</summary>
    public void ReadList(string name, ICollection<string> target)
    {
        names.Add(name);
        string[] items = [.. configuration.GetSection(prefix + name).GetChildren().Select(child => child.Value).OfType<string>()];
        if (items.Length == 0 && Text(name) is { } text)
            items = SettingText.Items(text);
        if (items.Length == 0)
            return;
        target.Clear();
        foreach (string item in items)
            target.Add(item);
    }

    /// <summary>Names with values: a section of them, or <c>key=value</c> with commas or in an array.</summary>
    public void ReadPairs<T>(string name, Func<string, T> parse, IDictionary<string, T> target)
    {
        names.Add(name);
        IEnumerable<IConfigurationSection> children = Joined(name) is null ? configuration.GetSection(prefix + name).GetChildren() : [];
        foreach (IConfigurationSection child in children)
            Read($"{name}:{child.Key}", parse, value => target[child.Key] = value);
        Read(name, static text => SettingText.Pairs(text, decoded: false).ToArray(), pairs =>
        {
            foreach ((string key, string value) in pairs)
                target[key] = parse(value);
        });
    }

    /// <summary>Reports names that nobody has read: a slip of the pen must not be silently without effect.</summary>
    public void ReportUnknown()
    {
        foreach (IConfigurationSection child in configuration.GetSection(prefix.TrimEnd(':')).GetChildren())
            ReportUnknown(child, child.Key);
    }

    private void ReportUnknown(IConfigurationSection section, string name)
    {
        if (names.Contains(name))
            return;
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
            problems.Add($"{prefix}{name}: there is no such setting.");
        foreach (IConfigurationSection child in children)
            ReportUnknown(child, $"{name}:{child.Key}");
    }

    public string? Text(string name) => (configuration[prefix + name] ?? Joined(name)) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>An array as the list with commas that it stands for; null for anything else.</summary>
    private string? Joined(string name)
    {
        IConfigurationSection[] items = [.. configuration.GetSection(prefix + name).GetChildren()];
        return items.Length > 0 && items.All(static item => item.Value is not null && item.Key.All(char.IsAsciiDigit)) ? string.Join(',', items.Select(static item => item.Value)) : null;
    }
}
