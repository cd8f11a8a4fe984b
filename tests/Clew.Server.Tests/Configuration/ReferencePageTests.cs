using Clew.Server.Configuration;
using Clew.Server.Configuration.Sources;
using Clew.TestKit;

namespace Clew.Server.Tests.Configuration;

public sealed class ReferencePageTests
{
    [Fact]
    public void The_configuration_page_lists_every_setting_as_the_table_has_it()
    {
        string page = Path.Combine(Fixtures.RepositoryRoot, "docs", "configuration.md");
        string[] actual = [.. File.ReadLines(page).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(string.Join('\n', Settings.All.Select(Row)), string.Join('\n', actual));
    }

    [Fact]
    public void The_example_file_is_accepted_and_names_only_defaults_or_comments()
    {
        string path = Path.Combine(Fixtures.RepositoryRoot, "deploy", "clew.json");
        EffectiveOptions effective = OptionsReader.Read(JsonFile.Read(path));
        Assert.Contains(effective.Settings, setting => setting.Source == path);
    }

    private static string Row(Setting setting)
    {
        string defaultText = setting.DefaultText.Length == 0 ? "none" : $"`{setting.DefaultText}`";
        return $"| `{setting.Key}` | {defaultText} | {setting.Shape.Replace("|", "\\|", StringComparison.Ordinal)} | {setting.Help} |";
    }
}
