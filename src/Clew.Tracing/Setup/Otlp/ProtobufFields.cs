namespace Clew.Tracing.Setup.Otlp;

/// <summary>Walks the fields of one protobuf message, skipping what nobody asks for. Ends at the first byte it cannot understand.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    public int Number { get; private set; }

    /// <summary>Of a field with a length; empty for others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Of a field with a varint; 0 for others.</summary>
    public ulong Value { get; private set; }

    public bool Next()
    {
        Bytes = default;
        Value = 0;
        if (rest.IsEmpty || !TryVarint(out ulong tag))
            return false;
        Number = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                bool read = TryVarint(out ulong value);
                Value = value;
                return read;
            case 1:
                return TryTake(sizeof(ulong));
            case 2:
                return TryVarint(out ulong length) && length <= (ulong)rest.Length && TryTake((int)length);
            case 5:
                return TryTake(sizeof(uint));
            default:
                return false;
        }
    }

    private bool TryTake(int length)
    {
        if (length > rest.Length)
            return false;
        Bytes = rest[..length];
        rest = rest[length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < rest.Length && i < 10; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}
