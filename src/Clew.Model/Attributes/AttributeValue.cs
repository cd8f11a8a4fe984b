using System.Diagnostics;

namespace Clew.Model;

/// <summary>
/// An immutable attribute value on the read side. Scalars live in 64 bits, everything else behind one reference, so a
/// list of values is one array. Equality is by type and content; doubles are compared by bits, so NaN equals itself
/// and 0.0 differs from -0.0, which is what "comes out as it went in" needs.
/// </summary>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly object? reference;
    private readonly long bits;

    private AttributeValue(AttributeType type, long bits, object? reference)
    {
        Type = type;
        this.bits = bits;
        this.reference = reference;
    }

    public AttributeType Type { get; }

    public static AttributeValue Empty => default;

    public static AttributeValue From(string value) => new(AttributeType.String, 0, value);

    public static AttributeValue From(bool value) => new(AttributeType.Bool, value ? 1 : 0, null);

    public static AttributeValue From(long value) => new(AttributeType.Int64, value, null);

    public static AttributeValue From(double value) => new(AttributeType.Double, BitConverter.DoubleToInt64Bits(value), null);

    public static AttributeValue From(ReadOnlyMemory<byte> value) => new(AttributeType.Bytes, 0, value.ToArray());

    /// <summary>An array of values; takes ownership of <paramref name="items"/>.</summary>
    public static AttributeValue FromArray(params AttributeValue[] items) => new(AttributeType.Array, 0, items);

    public static AttributeValue FromKeyValues(AttributeList items) => new(AttributeType.KeyValueList, 0, items);

    public string AsString() => Type == AttributeType.String ? (string)reference! : throw WrongType(AttributeType.String);

    public bool AsBool() => Type == AttributeType.Bool ? bits != 0 : throw WrongType(AttributeType.Bool);

    public long AsInt64() => Type == AttributeType.Int64 ? bits : throw WrongType(AttributeType.Int64);

    public double AsDouble() => Type == AttributeType.Double ? BitConverter.Int64BitsToDouble(bits) : throw WrongType(AttributeType.Double);

    public ReadOnlyMemory<byte> AsBytes() => Type == AttributeType.Bytes ? (byte[])reference! : throw WrongType(AttributeType.Bytes);

    public IReadOnlyList<AttributeValue> AsArray() => Type == AttributeType.Array ? (AttributeValue[])reference! : throw WrongType(AttributeType.Array);

    public AttributeList AsKeyValues() => Type == AttributeType.KeyValueList ? (AttributeList)reference! : throw WrongType(AttributeType.KeyValueList);

    public bool Equals(AttributeValue other)
    {
        if (Type != other.Type || bits != other.bits)
            return false;
        return Type switch
        {
            AttributeType.String => string.Equals((string)reference!, (string)other.reference!, StringComparison.Ordinal),
            AttributeType.Bytes => ((byte[])reference!).AsSpan().SequenceEqual((byte[])other.reference!),
            AttributeType.Array => ((AttributeValue[])reference!).AsSpan().SequenceEqual((AttributeValue[])other.reference!),
            AttributeType.KeyValueList => ((AttributeList)reference!).Equals((AttributeList)other.reference!),
            _ => true,
        };
    }

    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    public override int GetHashCode() => Type switch
    {
        AttributeType.String => ((string)reference!).GetHashCode(StringComparison.Ordinal),
        AttributeType.Bytes => HashOf((byte[])reference!),
        AttributeType.Array => HashOf((AttributeValue[])reference!),
        AttributeType.KeyValueList => reference!.GetHashCode(),
        _ => HashCode.Combine(Type, bits),
    };

    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    /// <summary>
    /// The text form that text-only formats and untyped conditions see: scalars plainly (<c>true</c>, <c>42</c>,
    /// <c>0.5</c>), bytes as base64, arrays and lists as JSON.
    /// </summary>
    public override string ToString() => AttributeText.Format(this);

    private static int HashOf(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private static int HashOf(AttributeValue[] items)
    {
        var hash = new HashCode();
        foreach (AttributeValue item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    private InvalidOperationException WrongType(AttributeType wanted)
    {
        Debug.Assert(wanted != Type);
        return new InvalidOperationException($"The attribute value is of type {Type}, not {wanted}.");
    }
}
