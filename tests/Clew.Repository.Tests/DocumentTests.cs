using System.Text.RegularExpressions;

namespace Clew.Repository.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_to_a_file_resolves()
    {
        string[] broken = [.. Repository.Files("", ".md").SelectMany(BrokenLinks)];
        Assert.True(broken.Length == 0, string.Join(Environment.NewLine, broken));
    }

    private static IEnumerable<string> BrokenLinks(string page)
    {
        string text = Code().Replace(File.ReadAllText(page), "");
        foreach (Match link in Link().Matches(text))
        {
            string target = link.Groups["target"].Value;
            if (target.StartsWith('#') || Scheme().IsMatch(target))
                continue;
            string path = Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target.Split('#')[0]));
            if (!Path.Exists(path))
                yield return $"{Repository.Relative(page)}: {target}";
        }
    }

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
