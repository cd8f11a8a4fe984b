using Clew.Model;

namespace Clew.Formats.Thrift;

/// <summary>
/// A cursor over a whole payload in one of Thrift's protocols. Implemented by ref structs and used as a constrained type
/// parameter, so that every call is direct. Slices are positions in the payload. Every read names what it reads
/// (<c>Span.flags</c>) for the error; every failure is a <see cref="SpanFormatException"/>. A size is returned only after it has been
/// checked against the bytes that are left, so that a loop over it is bounded by the payload.
/// </summary>
internal interface IThriftReader
{
    /// <summary>Offset of the next byte.</summary>
    int Position { get; }

    int Remaining { get; }

    ThriftMessage ReadMessage();

    /// <summary>Enters a struct; hand what it returns to <see cref="EndStruct"/>.</summary>
    short BeginStruct();

    void EndStruct(short outer);

    /// <summary>The next field of the struct, or false at its end.</summary>
    bool NextField(string structName, out ThriftField field);

    bool ReadBool(string what);

    byte ReadByte(string what);

    short ReadInt16(string what);

    int ReadInt32(string what);

    long ReadInt64(string what);

    double ReadDouble(string what);

    /// <summary>A string or byte value.</summary>
    Utf8Slice ReadBinary(string what);

    /// <summary>Enters a list or set: the number of elements, never more than bytes are left.</summary>
    int ReadListHeader(string what, out ThriftType elementType);

    /// <summary>Enters a map: the number of pairs, never more than half the bytes left.</summary>
    int ReadMapHeader(string what, out ThriftType keyType, out ThriftType valueType);

    /// <summary>Passes over bytes whose length is known.</summary>
    void Advance(int bytes, string what);
}
