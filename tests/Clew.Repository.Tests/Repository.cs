using Clew.TestKit;

namespace Clew.Repository.Tests;

/// <summary>The files that people wrote.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Skipped = [".git", "bin", "obj", "node_modules", "artifacts", "TestResults"];

    public static string Root => Fixtures.RepositoryRoot;

    /// <summary>All files of a folder with an extension.</summary>
    public static IEnumerable<string> Files(string folder, string extension)
    {
        string path = Path.Combine(Root, folder);
        if (!Directory.Exists(path))
            yield break;
        foreach (string file in Directory.EnumerateFiles(path, "*" + extension))
            yield return file;
        foreach (string child in Directory.EnumerateDirectories(path).Where(child => !Skipped.Contains(Path.GetFileName(child))))
        {
            foreach (string file in Files(child, extension))
                yield return file;
        }
    }

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
