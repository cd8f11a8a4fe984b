using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// A segment in use: by the views it stands in. The file is closed, and deleted when it is no longer wanted, once no view has it any more, so that a reader never
/// loses what it reads from.
/// </summary>
internal sealed class LiveSegment(IFileSystem files, SegmentFile file, string path)
{
    private int views;
    private volatile bool isDoomed;

    public SegmentFile File { get; } = file;

    public SegmentInfo Info => File.Info;

    public string Path { get; } = path;

    public TableMemory Memory { get; } = new(file.Info.Number, file.Info.Replaces, file.OpenExtra);

    /// <summary>Whether <see cref="Enter"/> was tried. For the maintenance thread.</summary>
    public bool IsEntered { get; private set; }

    /// <summary>Enters its traces into the directory; what is in none, or cannot be read, is asked itself.</summary>
    /// <returns>False where the directory has no room for them.</returns>
    /// <exception cref="SegmentFormatException"/>
    /// <exception cref="StoreIoException"/>
    public bool Enter(TraceDirectory directory)
    {
        IsEntered = true;
        var traces = (SegmentTraces)File.Table.Traces;
        traces.Slot = directory.TryAdd(traces.Columns.Lows);
        return traces.Slot is not null;
    }

    /// <summary>Has the file deleted when the last view lets go of it.</summary>
    public void Doom() => isDoomed = true;

    public void AddView() => Interlocked.Increment(ref views);

    public void RemoveView()
    {
        if (Interlocked.Decrement(ref views) != 0)
            return;
        File.Table.Traces.Slot?.Release();
        File.Dispose();
        // What stays behind is known by what replaced it, or is dropped again by retention.
        if (isDoomed)
            BestEffort.Delete(files, Path);
    }
}
