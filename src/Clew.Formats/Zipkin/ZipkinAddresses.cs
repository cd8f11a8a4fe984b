namespace Clew.Formats.Zipkin;

/// <summary>
/// The addresses of an endpoint while it is read. Zipkin goes by what a text is, not by the key it stands under: a dotted quad, also one mapped into IPv6, is the
/// IPv4 address, any other IPv6 text the IPv6 address, and what cannot be parsed is left out.
/// </summary>
internal ref struct ZipkinAddresses(Span<byte> ipv4, Span<byte> ipv6)
{
    private readonly Span<byte> ipv4 = ipv4;
    private readonly Span<byte> ipv6 = ipv6;
    private int ipv4Length;
    private int ipv6Length;

    public readonly ReadOnlySpan<byte> Ipv4 => ipv4[..ipv4Length];

    public readonly ReadOnlySpan<byte> Ipv6 => ipv6[..ipv6Length];

    public readonly bool IsEmpty => (ipv4Length | ipv6Length) == 0;

    public void Parse(ReadOnlySpan<byte> text)
    {
        Span<byte> parsed = stackalloc byte[IpAddressText.Ipv6Bytes];
        if (IpAddressText.TryParseIpv4(text, parsed))
            Set(parsed[..IpAddressText.Ipv4Bytes]);
        else if (IpAddressText.TryParseIpv6(text, parsed))
            Set(parsed);
    }

    /// <summary>Takes the network-order bytes of an address; any number of them but 4 or 16 is left out.</summary>
    public void Set(scoped ReadOnlySpan<byte> address)
    {
        if (address.Length == IpAddressText.Ipv4Bytes)
            SetIpv4(address);
        else if (address.Length == IpAddressText.Ipv6Bytes && IpAddressText.HoldsIpv4(address))
            SetIpv4(address[^IpAddressText.Ipv4Bytes..]);
        else if (address.Length == IpAddressText.Ipv6Bytes)
            SetIpv6(address);
    }

    private void SetIpv4(scoped ReadOnlySpan<byte> address)
    {
        address.CopyTo(ipv4);
        ipv4Length = address.Length;
    }

    private void SetIpv6(scoped ReadOnlySpan<byte> address)
    {
        address.CopyTo(ipv6);
        ipv6Length = address.Length;
    }
}
