namespace Clew.Storage.Segments;

/// <summary>A file was written by a newer version of this program, in a way this one cannot read. Nothing was changed.</summary>
public sealed class StoreVersionException(string path, int fileVersion, int requiredVersion, int knownVersion) : Exception(
    $"'{path}' has format version {fileVersion}, which takes a program that reads version {requiredVersion}; this one reads up to {knownVersion}. Run the newer program, or give this one another data directory.")
{
    public string Path { get; } = path;
}
