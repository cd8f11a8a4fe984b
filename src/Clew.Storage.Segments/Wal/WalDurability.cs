namespace Clew.Storage.Segments.Wal;

/// <summary>What an acknowledged append has behind it.</summary>
public enum WalDurability
{
    /// <summary>The device: it survives a power loss.</summary>
    Fsync,

    /// <summary>The operating system: it survives the end of the process, and a power loss after <see cref="WalOptions.OsSyncInterval"/>.</summary>
    Os,
}
