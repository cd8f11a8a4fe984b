using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>The text of tag values as UTF-8, for formats that know only text. One per encoder; not thread-safe.</summary>
internal sealed class TagText : IDisposable
{
    // The longest: a double in round-trip form takes 24 characters, a long 20.
    private const int NumberBytesMax = 32;

    private readonly byte[] number = new byte[NumberBytesMax];
    private readonly PooledBuffer buffer = new(1024);
    private readonly Utf8JsonWriter json;

    public TagText() => json = new Utf8JsonWriter(buffer, TagJson.WriterOptions);

    /// <summary>The UTF-8 of a value that is not text already; valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(in TagValue value)
    {
        switch (value.Kind)
        {
            case TagKind.Bool:
                return value.Bool ? "true"u8 : "false"u8;
            case TagKind.Integer:
                value.Integer.TryFormat(number, out int integerLength, default, CultureInfo.InvariantCulture);
                return number.AsSpan(0, integerLength);
            case TagKind.Double when !double.IsFinite(value.Double):
                return TagJson.NonFinite(value.Double);
            case TagKind.Double:
                value.Double.TryFormat(number, out int doubleLength, default, CultureInfo.InvariantCulture);
                return number.AsSpan(0, doubleLength);
            case TagKind.Bytes:
                return Base64Of(value.Bytes);
            default:
                return JsonOf(value);
        }
    }

    /// <summary>An event with attributes as Zipkin shows it (OpenTelemetry to Zipkin, "Events"): <c>"name": {"key": value}</c>.</summary>
    public ReadOnlySpan<byte> OfEvent(string name, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        Restart();
        json.WriteStringValue(name);
        json.Flush();
        buffer.Write(": "u8);
        json.Reset(buffer);
        TagJson.WriteMap(json, attributes, depth: 0);
        json.Flush();
        return buffer.Written;
    }

    public void Dispose()
    {
        json.Dispose();
        buffer.Dispose();
    }

    private ReadOnlySpan<byte> JsonOf(in TagValue value)
    {
        Restart();
        TagJson.Write(json, value);
        json.Flush();
        return buffer.Written;
    }

    private ReadOnlySpan<byte> Base64Of(byte[] bytes)
    {
        buffer.Truncate(0);
        Base64.EncodeToUtf8(bytes, buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int written);
        buffer.Advance(written);
        return buffer.Written;
    }

    // Also what makes the writer usable again after a value that threw while it was walked.
    private void Restart()
    {
        buffer.Truncate(0);
        json.Reset(buffer);
    }
}
