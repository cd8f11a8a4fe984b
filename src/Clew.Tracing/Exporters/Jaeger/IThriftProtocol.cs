namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// What the two Thrift protocols have in common, as far as Jaeger's structs need it. Every method writes a field into <c>to</c>, at <c>at</c>, and returns
/// where the next one begins. The caller reserves <see cref="Thrift.FieldBytesMax"/> a field and what its text takes besides: one check for many fields.
/// <c>after</c> is the id of the field before in the same struct, 0 for the first.
/// </summary>
internal interface IThriftProtocol
{
    static abstract int Text(Span<byte> to, int at, int id, int after, string value);

    static abstract int Bytes(Span<byte> to, int at, int id, int after, ReadOnlySpan<byte> value);

    static abstract int Int32(Span<byte> to, int at, int id, int after, int value);

    static abstract int Int64(Span<byte> to, int at, int id, int after, long value);

    static abstract int Double(Span<byte> to, int at, int id, int after, double value);

    static abstract int Bool(Span<byte> to, int at, int id, int after, bool value);

    /// <summary>The header of a struct, whose fields follow.</summary>
    static abstract int Struct(Span<byte> to, int at, int id, int after);

    /// <summary>The header of a list of structs, which follow.</summary>
    static abstract int StructList(Span<byte> to, int at, int id, int after, int count);
}

internal static class Thrift
{
    /// <summary>A header and a number or length: 3 and 8 bytes in the binary protocol, 1 and 10 in the compact one.</summary>
    public const int FieldBytesMax = 11;

    /// <summary>The byte after a struct's last field, in both protocols.</summary>
    public const byte Stop = 0;
}
