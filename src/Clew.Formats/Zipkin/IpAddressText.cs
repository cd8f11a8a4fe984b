using System.Buffers.Text;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Reads IP addresses from text into bytes. <see cref="System.Net.IPAddress"/> allocates an object for each and takes more than addresses (<c>1</c>,
/// <c>0x7f.1</c>, ports, zones); this reads dotted quads and RFC 4291 §2.2 text only.
/// </summary>
internal static class IpAddressText
{
    public const int Ipv4Bytes = 4;
    public const int Ipv6Bytes = 16;

    /// <summary>Four decimal parts of 1 to 3 digits without leading zeros, into the first 4 bytes of <paramref name="address"/>.</summary>
    public static bool TryParseIpv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        for (int part = 0; part < Ipv4Bytes; part++)
        {
            int length = part < Ipv4Bytes - 1 ? text.IndexOf((byte)'.') : text.Length;
            if (length is < 1 or > 3 || (length > 1 && text[0] == '0'))
                return false;
            int value = 0;
            foreach (byte digit in text[..length])
            {
                if (!char.IsAsciiDigit((char)digit))
                    return false;
                value = value * 10 + (digit - '0');
            }
            if (value > byte.MaxValue)
                return false;
            address[part] = (byte)value;
            text = text[Math.Min(length + 1, text.Length)..];
        }
        return true;
    }

    /// <summary>Eight groups of hex digits, one run of zero groups written <c>::</c>, the last two possibly a dotted quad.</summary>
    public static bool TryParseIpv6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
            return TryParseGroups(text, address, out int all) && all == Ipv6Bytes;
        Span<byte> tail = stackalloc byte[Ipv6Bytes];
        if (!TryParseGroups(text[..gap], address, out int headBytes) || !TryParseGroups(text[(gap + 2)..], tail, out int tailBytes)
            || headBytes + tailBytes > Ipv6Bytes - 2 || text[..gap].Contains((byte)'.'))
            return false;
        address[headBytes..].Clear();
        tail[..tailBytes].CopyTo(address[^tailBytes..]);
        return true;
    }

    /// <summary>
    /// Whether 16 bytes are an IPv4 address in IPv6 form: mapped (<c>::ffff:a.b.c.d</c>) or the old compatible form
    /// (<c>::a.b.c.d</c>), which excludes <c>::</c>, <c>::1</c> and their like.
    /// </summary>
    public static bool HoldsIpv4(ReadOnlySpan<byte> ipv6)
    {
        if (ipv6[..10].ContainsAnyExcept((byte)0))
            return false;
        bool mapped = ipv6[10] == 0xff && ipv6[11] == 0xff;
        bool compatible = (ipv6[10] | ipv6[11]) == 0 && (ipv6[12] | ipv6[13]) != 0;
        return mapped || compatible;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, Span<byte> address, out int bytes)
    {
        bytes = 0;
        while (!text.IsEmpty)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon == text.Length - 1)
                return false;
            if (colon < 0 && group.Contains((byte)'.'))
            {
                if (bytes > Ipv6Bytes - Ipv4Bytes || !TryParseIpv4(group, address[bytes..]))
                    return false;
                bytes += Ipv4Bytes;
                return true;
            }
            if (bytes == Ipv6Bytes || !TryParseGroup(group, out ushort value))
                return false;
            address[bytes++] = (byte)(value >> 8);
            address[bytes++] = (byte)value;
            text = colon < 0 ? default : text[(colon + 1)..];
        }
        return true;
    }

    private static bool TryParseGroup(ReadOnlySpan<byte> digits, out ushort value)
    {
        value = 0;
        return digits.Length is > 0 and <= 4
            && Utf8Parser.TryParse(digits, out value, out int used, 'x') && used == digits.Length;
    }
}
