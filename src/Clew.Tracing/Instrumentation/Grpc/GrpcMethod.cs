namespace Clew.Tracing.Instrumentation.Grpc;

/// <summary>A method as the path of its requests names it.</summary>
/// <param name="Name"><c>package.Service/Method</c>, the name of its spans.</param>
/// <param name="Slash">Where the service ends in it.</param>
internal readonly record struct GrpcMethod(string Name, int Slash)
{
    public string Service => Name[..Slash];

    public string Method => Name[(Slash + 1)..];

    /// <param name="path"><c>/package.Service/Method</c>; a service may be mapped below other segments.</param>
    /// <param name="method">The method.</param>
    public static bool TryParse(string? path, out GrpcMethod method)
    {
        method = default;
        int last = path?.LastIndexOf('/') ?? -1;
        if (last <= 1 || last == path!.Length - 1)
            return false;
        int first = path.LastIndexOf('/', last - 1) + 1;
        if (first == last)
            return false;
        method = new GrpcMethod(path[first..], last - first);
        return true;
    }
}
