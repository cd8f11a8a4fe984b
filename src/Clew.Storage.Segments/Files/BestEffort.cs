namespace Clew.Storage.Segments.Files;

/// <summary>Tidying up where a failure changes nothing: what is left behind is recognised and ignored, or removed at the next start.</summary>
internal static class BestEffort
{
    public static void Delete(IFileSystem files, string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (StoreIoException)
        {
        }
    }

    public static void Truncate(IStoreFile file, long length)
    {
        try
        {
            file.Truncate(length);
        }
        catch (StoreIoException)
        {
        }
    }
}
