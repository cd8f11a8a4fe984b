namespace Clew.Storage.Segments.Files;

/// <summary>The operating system refused a file operation. Names the operation and the path.</summary>
public class StoreIoException : IOException
{
    /// <param name="operation">A verb, for example <c>"write"</c>.</param>
    /// <param name="path">The file or directory.</param>
    /// <param name="reason">What the operating system said.</param>
    /// <param name="inner">Where it said so.</param>
    public StoreIoException(string operation, string path, string reason, Exception? inner = null)
        : base($"Cannot {operation} '{path}': {reason}", inner)
    {
        Operation = operation;
        Path = path;
    }

    public string Operation { get; }

    public string Path { get; }
}
