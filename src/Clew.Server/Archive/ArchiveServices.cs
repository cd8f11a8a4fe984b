using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Archive;

internal static class ArchiveServices
{
    public static IServiceCollection AddArchive(this IServiceCollection services, ArchiveOptions options) => services
        .AddSingleton<ITraceArchive>(_ => options.Directory.Length == 0 ? new MemoryTraceArchive(options.BytesMax) : Open(options))
        .AddSingleton<TraceLookup>();

    private static DirectoryTraceArchive Open(ArchiveOptions options)
    {
        try
        {
            return new DirectoryTraceArchive(options.Directory, options.BytesMax);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"archive.directory: {options.Directory} cannot be used: {error.Message}"]);
        }
    }
}
