using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>Writes <c>Tag</c> structs (jaeger-idl, jaeger.thrift). Lists and maps, which Jaeger has not, become JSON text.</summary>
internal static class JaegerTags
{
    private const int TypeText = 0;
    private const int TypeDouble = 1;
    private const int TypeBool = 2;
    private const int TypeLong = 3;
    private const int TypeBinary = 4;

    // Key, type, value and the stop.
    private const int TagBytesMax = (3 * Thrift.FieldBytesMax) + 1;

    public static void Write<TProtocol>(PooledBuffer buffer, string key, object value, TagText text) where TProtocol : struct, IThriftProtocol
    {
        if (value is string plain)
            WriteText<TProtocol>(buffer, key, plain);
        else
            Write<TProtocol>(buffer, key, TagValue.Of(value), text);
    }

    public static void Write<TProtocol>(PooledBuffer buffer, string key, in TagValue value, TagText text) where TProtocol : struct, IThriftProtocol
    {
        switch (value.Kind)
        {
            case TagKind.Text:
                WriteText<TProtocol>(buffer, key, value.Text);
                return;
            case TagKind.Bytes:
                WriteBytes<TProtocol>(buffer, key, TypeBinary, 7, value.Bytes);
                return;
            case TagKind.List or TagKind.Map:
                WriteBytes<TProtocol>(buffer, key, TypeText, 3, text.Of(value));
                return;
        }
        Span<byte> to = buffer.Reserve(TagBytesMax + Utf8Text.BytesMax(key));
        int at = TProtocol.Text(to, 0, id: 1, after: 0, key);
        at = value.Kind switch
        {
            TagKind.Bool => TProtocol.Bool(to, TProtocol.Int32(to, at, id: 2, after: 1, TypeBool), id: 5, after: 2, value.Bool),
            TagKind.Integer => TProtocol.Int64(to, TProtocol.Int32(to, at, id: 2, after: 1, TypeLong), id: 6, after: 2, value.Integer),
            _ => TProtocol.Double(to, TProtocol.Int32(to, at, id: 2, after: 1, TypeDouble), id: 4, after: 2, value.Double),
        };
        to[at] = Thrift.Stop;
        buffer.Keep(at + 1);
    }

    public static void WriteText<TProtocol>(PooledBuffer buffer, string key, string value) where TProtocol : struct, IThriftProtocol
    {
        Span<byte> to = buffer.Reserve(TagBytesMax + Utf8Text.BytesMax(key) + Utf8Text.BytesMax(value));
        int at = TProtocol.Text(to, 0, id: 1, after: 0, key);
        at = TProtocol.Int32(to, at, id: 2, after: 1, TypeText);
        at = TProtocol.Text(to, at, id: 3, after: 2, value);
        to[at] = Thrift.Stop;
        buffer.Keep(at + 1);
    }

    private static void WriteBytes<TProtocol>(PooledBuffer buffer, string key, int type, int id, ReadOnlySpan<byte> value) where TProtocol : struct, IThriftProtocol
    {
        Span<byte> to = buffer.Reserve(TagBytesMax + Utf8Text.BytesMax(key) + value.Length);
        int at = TProtocol.Text(to, 0, id: 1, after: 0, key);
        at = TProtocol.Int32(to, at, id: 2, after: 1, type);
        at = TProtocol.Bytes(to, at, id, after: 2, value);
        to[at] = Thrift.Stop;
        buffer.Keep(at + 1);
    }
}
