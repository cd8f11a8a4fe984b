namespace Clew.Storage.Segments.Wal;

/// <summary>Damage as a <see cref="WalFileReader"/> finds it.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Bytes">Bytes that do not verify.</param>
/// <param name="FirstMissing">First position that is not there; above <paramref name="LastMissing"/> when none is known to be missing.</param>
/// <param name="LastMissing">The last.</param>
internal readonly record struct WalGap(WalDamageKind Kind, long Offset, long Bytes, long FirstMissing, long LastMissing);
