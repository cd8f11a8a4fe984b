namespace Clew.Storage.Segments.Tests.Files;

/// <summary>Names of files twice, like the content of a <see cref="FaultyInode"/>: as programs see them, and as a power loss would leave them.</summary>
internal sealed class FaultyDirectory
{
    private readonly List<(string Name, FaultyInode? Inode)[]> unsynced = [];
    private readonly Dictionary<string, FaultyInode> onDevice = [];

    public Dictionary<string, FaultyInode> Names { get; } = [];

    /// <summary>Changes names, all of them or none: a rename gives one and takes another.</summary>
    public void Change(params (string Name, FaultyInode? Inode)[] changes)
    {
        Apply(Names, changes);
        unsynced.Add(changes);
    }

    public void Sync()
    {
        foreach ((string, FaultyInode?)[] changes in unsynced)
            Apply(onDevice, changes);
        unsynced.Clear();
    }

    /// <summary>Half of the time what was not synced is lost from some moment on, as a journal does it; else any part of it.</summary>
    public FaultyDirectory Restart(Random random, Func<FaultyInode, FaultyInode> restart)
    {
        var survived = new Dictionary<string, FaultyInode>(onDevice);
        bool inOrder = random.Next(2) == 0;
        int prefix = random.Next(unsynced.Count + 1);
        for (int i = 0; i < unsynced.Count; i++)
        {
            if (inOrder ? i < prefix : random.Next(2) == 0)
                Apply(survived, unsynced[i]);
        }
        var restarted = new FaultyDirectory();
        foreach ((string name, FaultyInode inode) in survived.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            restarted.Names[name] = restarted.onDevice[name] = restart(inode);
        return restarted;
    }

    private static void Apply(Dictionary<string, FaultyInode> names, (string Name, FaultyInode? Inode)[] changes)
    {
        foreach ((string name, FaultyInode? inode) in changes)
        {
            if (inode is null)
                names.Remove(name);
            else
                names[name] = inode;
        }
    }
}
