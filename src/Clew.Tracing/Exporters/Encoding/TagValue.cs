using System.Collections;
using System.Globalization;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>
/// A tag's value sorted into a kind once, so that every format maps the same .NET types alike. As in OpenTelemetry's OTLP exporter integers are
/// 64 bits, <c>byte[]</c> is bytes, collections are lists; anything else is its invariant text. A <c>ulong</c> over <c>long.MaxValue</c> is text.
/// </summary>
internal readonly struct TagValue
{
    private readonly long bits;
    private readonly object? reference;

    private TagValue(TagKind kind, long bits, object? reference)
    {
        Kind = kind;
        this.bits = bits;
        this.reference = reference;
    }

    public TagKind Kind { get; }

    public string Text => (string)reference!;

    public bool Bool => bits != 0;

    public long Integer => bits;

    public double Double => BitConverter.Int64BitsToDouble(bits);

    public byte[] Bytes => (byte[])reference!;

    /// <summary>Only collections that know their size are lists, so that an endless sequence is never walked.</summary>
    public ICollection List => (ICollection)reference!;

    public IEnumerable<KeyValuePair<string, object?>> Map => (IEnumerable<KeyValuePair<string, object?>>)reference!;

    public static TagValue Of(object value) => value switch
    {
        string text => OfText(text),
        int number => OfInteger(number),
        long number => OfInteger(number),
        bool flag => new TagValue(TagKind.Bool, flag ? 1 : 0, null),
        double number => OfDouble(number),
        float number => OfDouble(number),
        byte number => OfInteger(number),
        sbyte number => OfInteger(number),
        short number => OfInteger(number),
        ushort number => OfInteger(number),
        uint number => OfInteger(number),
        ulong number when number <= long.MaxValue => OfInteger((long)number),
        char letter => OfText(letter.ToString()),
        byte[] bytes => new TagValue(TagKind.Bytes, 0, bytes),
        IEnumerable<KeyValuePair<string, object?>> and ICollection => new TagValue(TagKind.Map, 0, value),
        ICollection => new TagValue(TagKind.List, 0, value),
        _ => OfText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    public static TagValue True => new(TagKind.Bool, 1, null);

    public static TagValue OfText(string text) => new(TagKind.Text, 0, text);

    private static TagValue OfInteger(long number) => new(TagKind.Integer, number, null);

    private static TagValue OfDouble(double number) => new(TagKind.Double, BitConverter.DoubleToInt64Bits(number), null);
}
