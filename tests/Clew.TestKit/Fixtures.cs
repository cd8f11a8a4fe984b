using System.Runtime.CompilerServices;

namespace Clew.TestKit;

/// <summary>Finds files of the repository from where the tests were compiled.</summary>
public static class Fixtures
{
    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Payloads recorded from real clients.</summary>
    public static string Captures { get; } = Path.Combine(RepositoryRoot, "tests", "fixtures", "captures");

    /// <summary>Segment files of the embedded store.</summary>
    public static string Segments { get; } = Path.Combine(RepositoryRoot, "tests", "fixtures", "segments");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
