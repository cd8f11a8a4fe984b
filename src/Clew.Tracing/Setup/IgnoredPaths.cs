using System.IO.Enumeration;

namespace Clew.Tracing.Setup;

/// <summary>Paths whose requests are not recorded. May be replaced at any time.</summary>
internal sealed class IgnoredPaths
{
    private volatile string[] patterns = [];

    public bool IsEmpty => patterns.Length == 0;

    public void Set(IEnumerable<string> paths) => patterns = [.. paths];

    public bool Contains(ReadOnlySpan<char> path)
    {
        foreach (string pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: true))
                return true;
        }
        return false;
    }
}
