using System.Globalization;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// The name of a log file: <c>number-first-salt.wal</c>, hexadecimal of fixed width, so that the ordinal order of names is the order of writing. It
/// repeats what the file's header says: a file whose header is spoilt can still be read.
/// </summary>
/// <param name="Number">Counts files; of two the larger was written later.</param>
/// <param name="First">Position of the first record. Records of earlier files from here on were never acknowledged: this file took over.</param>
/// <param name="Salt">Seed of the checksums of record headers, random for each file.</param>
internal readonly record struct WalFileName(uint Number, long First, uint Salt)
{
    public const string Extension = ".wal";

    private const int StemLength = 8 + 1 + 16 + 1 + 8;

    public static bool TryParse(string name, out WalFileName parsed)
    {
        parsed = default;
        if (name.Length != StemLength + Extension.Length || !name.EndsWith(Extension, StringComparison.Ordinal) || name[8] != '-' || name[25] != '-')
            return false;
        if (!TryHex(name.AsSpan(0, 8), out ulong number) || !TryHex(name.AsSpan(9, 16), out ulong first) || !TryHex(name.AsSpan(26, 8), out ulong salt))
            return false;
        if (first is 0 or > WalFormat.PositionMax)
            return false;
        parsed = new WalFileName((uint)number, (long)first, (uint)salt);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:x8}-{First:x16}-{Salt:x8}{Extension}");

    private static bool TryHex(ReadOnlySpan<char> text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
