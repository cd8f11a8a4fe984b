namespace Clew.Storage.Segments.Files;

/// <summary>Another process (or another store of this one) works on the data directory.</summary>
public sealed class DirectoryLockedException : IOException
{
    /// <param name="directory">The data directory.</param>
    /// <param name="holderProcessId">Who has it, where that could be read.</param>
    public DirectoryLockedException(string directory, int? holderProcessId)
        : base($"The data directory '{directory}' is in use by {Holder(holderProcessId)}. Stop it, or give this one a directory of its own.")
    {
        Directory = directory;
        HolderProcessId = holderProcessId;
    }

    public string Directory { get; }

    public int? HolderProcessId { get; }

    private static string Holder(int? processId) => processId is null ? "another process" : $"the process {processId}";
}
