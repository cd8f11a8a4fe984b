using System.Collections.Frozen;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>What a tag's key means to the Zipkin encoder.</summary>
[Flags]
internal enum ZipkinKeyUses : byte
{
    None = 0,
    Status = 1,
    Error = 2,

    /// <summary>The resource has an attribute of this name.</summary>
    Resource = 4,
    RemoteEndpoint = 8,
}

/// <param name="Uses">What else it is than a tag.</param>
/// <param name="Member">The key in JSON, between its comma and its colon; null for one that is not kept.</param>
internal readonly record struct ZipkinKey(ZipkinKeyUses Uses, byte[]? Member);

/// <summary>
/// Tag keys as JSON, and what they mean. A program uses the same few keys all the time: found out and encoded once, they are copied. Bounded: a key whose place
/// another one has, and one too long, is done anew each time. Not thread-safe.
/// </summary>
internal sealed class ZipkinKeys(FrozenSet<string> resourceKeys)
{
    // Programs use some dozens of keys; 1024 places make it unlikely that two of them meet.
    private const int Places = 1024;

    private const int KeyLengthMax = 128;

    // Comma, colon.
    private const int MemberBytes = 2;

    private readonly (string? Key, ZipkinKey Known)[] places = new (string?, ZipkinKey)[Places];

    public ZipkinKey Of(string key)
    {
        ref (string? Key, ZipkinKey Known) place = ref places[PlaceOf(key)];
        if (ReferenceEquals(place.Key, key) || string.Equals(place.Key, key))
            return place.Known;
        if (place.Key is not null || key.Length > KeyLengthMax)
            return new ZipkinKey(UsesOf(key), null);
        var member = new byte[BytesMax(key)];
        place = (key, new ZipkinKey(UsesOf(key), member[..Write(member, 0, key)]));
        return place.Known;
    }

    public static int BytesMax(string key) => MemberBytes + JsonText.BytesMax(key);

    public static int Write(Span<byte> to, int at, in ZipkinKey known, string key) =>
        known.Member is { } member ? JsonText.Raw(to, at, member) : Write(to, at, key);

    private static int Write(Span<byte> to, int at, string key)
    {
        to[at] = (byte)',';
        at = JsonText.Write(to, at + 1, key);
        to[at] = (byte)':';
        return at + 1;
    }

    private ZipkinKeyUses UsesOf(string key) =>
        (SpanStatus.IsKey(key) ? ZipkinKeyUses.Status : ZipkinKeyUses.None)
        | (key == "error" ? ZipkinKeyUses.Error : ZipkinKeyUses.None)
        | (resourceKeys.Contains(key) ? ZipkinKeyUses.Resource : ZipkinKeyUses.None)
        | (ZipkinRemoteEndpoint.IsSource(key) ? ZipkinKeyUses.RemoteEndpoint : ZipkinKeyUses.None);

    // Conventional keys differ in length, at their end and after their namespace ("http.", "server.").
    private static int PlaceOf(string key) =>
        key.Length == 0 ? 0 : ((key.Length * 37) + (key[^1] * 101) + (key[key.Length / 2] * 11) + (key[key.Length * 3 / 4] * 5)) & (Places - 1);
}
