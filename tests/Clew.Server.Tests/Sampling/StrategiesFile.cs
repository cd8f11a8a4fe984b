namespace Clew.Server.Tests.Sampling;

/// <summary>A strategies file of one test.</summary>
internal sealed class StrategiesFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-sampling-");

    public StrategiesFile(string text) => Write(text);

    public string Path => System.IO.Path.Combine(folder.FullName, "strategies.json");

    public static string Default(double probability) =>
        FormattableString.Invariant($$$"""{"default_strategy":{"type":"probabilistic","param":{{{probability}}}}}""");

    public void Write(string text) => File.WriteAllText(Path, text);

    public void Dispose() => folder.Delete(recursive: true);
}
