using System.Net;
using System.Text;
using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Zipkin;

public sealed class IpAddressTextTests
{
    [Theory]
    [InlineData("""  "ipv4":"192.168.0.1" """, "192.168.0.1", null)]
    [InlineData("""  "ipv6":"192.168.0.1" """, "192.168.0.1", null)]
    [InlineData("""  "ipv4":"2001:DB8::C001" """, null, "2001:db8::c001")]
    [InlineData("""  "ipv6":"::ffff:192.168.0.1" """, "192.168.0.1", null)]
    [InlineData("""  "ipv6":"::ffff:c0a8:1" """, "192.168.0.1", null)]
    [InlineData("""  "ipv6":"::192.168.0.1" """, "192.168.0.1", null)]
    [InlineData("""  "ipv4":"10.0.0.1","ipv6":"::1" """, "10.0.0.1", "::1")]
    [InlineData("""  "ipv4":"localhost","ipv6":"fe80::1%eth0" """, null, null)]
    [InlineData("""  "ipv4":"256.1.1.1","ipv6":"1::2::3" """, null, null)]
    public void An_address_is_told_by_its_text_and_left_out_when_it_is_none(string members, string? ipv4, string? ipv6)
    {
        Span span = ZipkinJson.DecodeMembers($$"""  "localEndpoint":{"port":1,{{members}}} """);
        Assert.Equal(ipv4, span.LocalEndpoint!.Ipv4?.ToString());
        Assert.Equal(ipv6, span.LocalEndpoint.Ipv6?.ToString());
    }

    [Fact]
    public void An_endpoint_of_which_nothing_is_left_is_absent() =>
        Assert.Null(ZipkinJson.DecodeMembers("""  "localEndpoint":{"serviceName":"","ipv4":"nowhere","port":-1} """).LocalEndpoint);

    [Fact]
    public void Every_address_is_read_as_the_framework_reads_it()
    {
        Gen<byte[]> bytes = Gen.Elements(4, 16).SelectMany(length => Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, 255))).ArrayOf(length))
            .Select(values => values.Select(value => (byte)value).ToArray());
        Properties.ForAll(bytes, address =>
        {
            byte[] text = Encoding.ASCII.GetBytes(new IPAddress(address).ToString());
            var parsed = new byte[16];
            Assert.True(address.Length == 4 ? IpAddressText.TryParseIpv4(text, parsed) : IpAddressText.TryParseIpv6(text, parsed));
            Assert.Equal(address, parsed[..address.Length]);
        }, 2000);
    }

    [Fact]
    public void Nothing_is_taken_for_an_IPv6_address_that_the_framework_refuses()
    {
        Gen<string> text = Gen.Elements("::", ":", "1", "0", "ffff", "abcde", "1.2.3.4", ".", "g", "0:0:0:0:0:0").ListUpTo(9).Select(string.Concat);
        Properties.ForAll(text, candidate =>
        {
            var parsed = new byte[16];
            bool read = IpAddressText.TryParseIpv6(Encoding.ASCII.GetBytes(candidate), parsed);
            bool known = IPAddress.TryParse(candidate, out IPAddress? address) && candidate.Contains(':');
            Assert.Equal(known, read);
            if (read)
                Assert.Equal(address, new IPAddress(parsed));
        }, 5000);
    }
}
