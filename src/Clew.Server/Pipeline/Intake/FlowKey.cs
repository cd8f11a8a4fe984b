using System.Text;
using Clew.Model;

namespace Clew.Server.Pipeline.Intake;

/// <summary>Receiver, client library and service of a resource as one run of bytes, so that they can be looked up without making texts of them.</summary>
internal ref struct FlowKey
{
    /// <summary>Room that a key may need.</summary>
    public const int BytesMax = Parts * (PartBytesMax + 1);

    private const int Parts = 5;

    // Longer names are cut here; they are told apart by what comes before.
    private const int PartBytesMax = 240;

    // Never part of UTF-8.
    private const byte Separator = 0xFF;

    private readonly Span<byte> destination;
    private int length;

    private FlowKey(Span<byte> destination) => this.destination = destination;

    /// <summary>The key of a resource's spans.</summary>
    /// <param name="destination">At least <see cref="BytesMax"/> bytes.</param>
    /// <param name="receiver">Where they came in.</param>
    /// <param name="userAgent">Names the client where the resource does not.</param>
    /// <param name="batch">Has the resource.</param>
    /// <param name="resource">Index of the resource.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> destination, string receiver, string? userAgent, SpanBatch batch, int resource)
    {
        ReadOnlySpan<byte> service = [], sdk = [], language = [], version = [], jaeger = [];
        foreach (ref readonly AttributeRow attribute in batch.OtherAttributes.Slice(batch.Resources[resource].Attributes))
        {
            if (attribute.Type != AttributeType.String)
                continue;
            ReadOnlySpan<byte> key = batch.Bytes(attribute.Key);
            // All keys looked for have 12 to 22 bytes.
            switch (key.Length)
            {
                case 12 when key.SequenceEqual("service.name"u8):
                    service = batch.Bytes(attribute.Slice);
                    break;
                case 14 when key.SequenceEqual("jaeger.version"u8):
                    jaeger = batch.Bytes(attribute.Slice);
                    break;
                case 18 when key.SequenceEqual("telemetry.sdk.name"u8):
                    sdk = batch.Bytes(attribute.Slice);
                    break;
                case 21 when key.SequenceEqual("telemetry.sdk.version"u8):
                    version = batch.Bytes(attribute.Slice);
                    break;
                case 22 when key.SequenceEqual("telemetry.sdk.language"u8):
                    language = batch.Bytes(attribute.Slice);
                    break;
            }
        }
        var writer = new FlowKey(destination);
        writer.Add(receiver);
        writer.Add(service);
        if (!sdk.IsEmpty)
        {
            writer.Add(sdk);
            writer.Add(language);
            writer.Add(version);
        }
        else if (!jaeger.IsEmpty)
        {
            writer.Add(jaeger);
            writer.Add(Separator);
        }
        else
        {
            writer.Add(ClientText.Of(userAgent));
        }
        return writer.length;
    }

    /// <summary>What a key stands for.</summary>
    public static (string Receiver, string Service, ClientLibrary Client) Read(ReadOnlySpan<byte> key)
    {
        var parts = new List<string>(Parts);
        foreach (Range part in key.Split(Separator))
            parts.Add(Encoding.UTF8.GetString(key[part]));
        // Each part ends with a separator, so an empty one comes last; two in a row mark a Jaeger client.
        ClientLibrary client = parts.Count switch
        {
            6 => new ClientLibrary(parts[2], parts[3], parts[4]),
            5 => ClientLibrary.FromJaeger(parts[2]),
            _ => ClientLibrary.FromUserAgent(parts[2]),
        };
        return (parts[0], parts[1], client);
    }

    private void Add(string text)
    {
        length += Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, PartBytesMax / 3)), destination[length..]);
        Add(Separator);
    }

    private void Add(ReadOnlySpan<byte> utf8)
    {
        int kept = Math.Min(utf8.Length, PartBytesMax);
        // Not within a character: 10xxxxxx continues one.
        while (kept > 0 && kept < utf8.Length && (utf8[kept] & 0xC0) == 0x80)
            kept--;
        Span<byte> room = destination.Slice(length, kept);
        utf8[..kept].CopyTo(room);
        // Bytes that are no UTF-8 must not divide the key.
        room.Replace(Separator, (byte)'?');
        length += kept;
        Add(Separator);
    }

    private void Add(byte separator) => destination[length++] = separator;
}
