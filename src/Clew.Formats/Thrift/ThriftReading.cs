namespace Clew.Formats.Thrift;

/// <summary>What both protocols share: type checks and passing over values nobody knows.</summary>
internal static class ThriftReading
{
    /// <summary>Enters a list that must hold structs: the number of them. The element type of an empty list says nothing and is not checked.</summary>
    public static int ReadStructList<TReader>(ref this TReader reader, string what) where TReader : struct, IThriftReader, allows ref struct
    {
        int count = reader.ReadListHeader(what, out ThriftType elementType);
        if (count != 0 && elementType != ThriftType.Struct)
            ThriftErrors.WrongType(what, ThriftType.Struct, elementType, reader.Position);
        return count;
    }

    /// <summary>Refuses a known field of another type than the IDL says.</summary>
    public static void Expect<TReader>(ref this TReader reader, ThriftField field, ThriftType wanted, string what) where TReader : struct, IThriftReader, allows ref struct
    {
        if (field.Type != wanted)
            ThriftErrors.WrongType(what, wanted, field.Type, reader.Position);
    }

    /// <summary>Passes over a value of any type, nested at most <paramref name="depthMax"/> levels.</summary>
    public static void Skip<TReader>(ref this TReader reader, ThriftType type, string what, int depthMax) where TReader : struct, IThriftReader, allows ref struct =>
        Skip(ref reader, type, what, depthMax, depthMax);

    private static void Skip<TReader>(ref TReader reader, ThriftType type, string what, int levelsLeft, int depthMax) where TReader : struct, IThriftReader, allows ref struct
    {
        switch (type)
        {
            case ThriftType.Bool:
                reader.ReadBool(what);
                break;
            case ThriftType.Byte:
                reader.ReadByte(what);
                break;
            case ThriftType.I16:
                reader.ReadInt16(what);
                break;
            case ThriftType.I32:
                reader.ReadInt32(what);
                break;
            case ThriftType.I64:
                reader.ReadInt64(what);
                break;
            case ThriftType.Double:
                reader.ReadDouble(what);
                break;
            case ThriftType.Binary:
                reader.ReadBinary(what);
                break;
            case ThriftType.Uuid:
                reader.Advance(16, what);
                break;
            case ThriftType.Struct or ThriftType.List or ThriftType.Set or ThriftType.Map:
                if (levelsLeft == 0)
                    ThriftErrors.Depth(what, depthMax, reader.Position);
                SkipNested(ref reader, type, what, levelsLeft - 1, depthMax);
                break;
            default:
                ThriftErrors.UnknownType(what, (int)type, reader.Position);
                break;
        }
    }

    private static void SkipNested<TReader>(ref TReader reader, ThriftType type, string what, int levelsLeft, int depthMax) where TReader : struct, IThriftReader, allows ref struct
    {
        if (type == ThriftType.Struct)
        {
            short outer = reader.BeginStruct();
            while (reader.NextField(what, out ThriftField field))
                Skip(ref reader, field.Type, what, levelsLeft, depthMax);
            reader.EndStruct(outer);
        }
        else if (type == ThriftType.Map)
        {
            for (int left = reader.ReadMapHeader(what, out ThriftType keyType, out ThriftType valueType); left > 0; left--)
            {
                Skip(ref reader, keyType, what, levelsLeft, depthMax);
                Skip(ref reader, valueType, what, levelsLeft, depthMax);
            }
        }
        else
        {
            for (int left = reader.ReadListHeader(what, out ThriftType elementType); left > 0; left--)
                Skip(ref reader, elementType, what, levelsLeft, depthMax);
        }
    }
}
