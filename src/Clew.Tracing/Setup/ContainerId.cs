using System.Text.RegularExpressions;

namespace Clew.Tracing.Setup;

/// <summary>The id of the container a process runs in, from what Linux says of the process.</summary>
internal static partial class ContainerId
{
    private const int MaxLines = 1000;

    /// <summary>Null outside containers and where nothing can be read.</summary>
    public static string? Find() => Find("/proc/self/cgroup", "/proc/self/mountinfo");

    internal static string? Find(string cgroupPath, string mountPath) => FromCgroup(Lines(cgroupPath)) ?? FromMounts(Lines(mountPath));

    /// <summary>cgroup v1: the last segment of a hierarchy's path, as in <c>9:memory:/docker/ID</c> or <c>…/cri-containerd-ID.scope</c>.</summary>
    internal static string? FromCgroup(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (Id().Match(line[(line.LastIndexOf('/') + 1)..]) is { Success: true } match)
                return match.Value;
        }
        return null;
    }

    /// <summary>cgroup v2 hides the path; the files a runtime mounts into every container lie in a folder named by its id.</summary>
    internal static string? FromMounts(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (Folder().Match(line) is { Success: true } match)
                return match.Groups["id"].Value;
        }
        return null;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Take(MaxLines)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")]
    private static partial Regex Id();

    [GeneratedRegex("/(containers|overlay-containers|sandboxes)/(?<id>[0-9a-f]{64})/")]
    private static partial Regex Folder();
}
