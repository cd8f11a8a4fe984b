namespace Clew.Server.Receivers.Grpc.Reflection;

/// <summary>Walks the fields of a small protobuf message and gives those with a length (texts, bytes, messages); numbers are stepped over.</summary>
internal ref struct MessageFields(ReadOnlySpan<byte> message)
{
    private const int VarintBytesMax = 10;

    private ReadOnlySpan<byte> rest = message;

    /// <exception cref="GrpcException">INVALID_ARGUMENT: this is no protobuf message.</exception>
    public bool TryRead(out int field, out ReadOnlySpan<byte> value)
    {
        while (!rest.IsEmpty)
        {
            ulong tag = ReadVarint();
            switch ((int)(tag & 7))
            {
                case 0:
                    ReadVarint();
                    break;
                case 1:
                    Take(sizeof(ulong));
                    break;
                case 2:
                    field = (int)(tag >> 3);
                    value = Take(ReadVarint());
                    return true;
                case 5:
                    Take(sizeof(uint));
                    break;
                default:
                    throw Malformed();
            }
        }
        field = 0;
        value = default;
        return false;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < Math.Min(VarintBytesMax, rest.Length); i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] >= 0x80)
                continue;
            rest = rest[(i + 1)..];
            return value;
        }
        throw Malformed();
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
            throw Malformed();
        ReadOnlySpan<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private static GrpcException Malformed() => new(GrpcStatusCode.InvalidArgument, "not a protobuf message");
}
