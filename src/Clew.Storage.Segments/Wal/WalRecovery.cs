namespace Clew.Storage.Segments.Wal;

/// <summary>What a replay found.</summary>
internal sealed record WalRecovery
{
    /// <summary>Records given back.</summary>
    public required long Records { get; init; }

    /// <summary>Bytes of their bodies.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>The position the next record will have.</summary>
    public required long NextPosition { get; init; }

    /// <summary>The first of the places that could not be replayed, in order; at most <see cref="WalReplay.DamageMax"/>.</summary>
    public required IReadOnlyList<WalDamage> Damage { get; init; }

    /// <summary>All of them.</summary>
    public required long DamageCount { get; init; }

    internal required IReadOnlyList<WalFile> Files { get; init; }

    internal required uint NextNumber { get; init; }
}
