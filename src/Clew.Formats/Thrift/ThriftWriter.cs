using System.Buffers;
using System.Text;

namespace Clew.Formats.Thrift;

/// <summary>Writes Thrift values; the twin of <see cref="IThriftReader"/>. Structs end with <see cref="EndStruct"/>, which takes what begin gave.</summary>
internal abstract class ThriftWriter(IBufferWriter<byte> output)
{
    /// <summary>The envelope of a call nobody answers.</summary>
    public abstract void OnewayMessage(string method);

    public abstract short BeginStruct();

    public abstract void EndStruct(short outer);

    /// <summary>The header of a field; its value follows.</summary>
    public abstract void Field(short id, ThriftType type);

    /// <summary>A whole field, since the compact protocol has the value in the header.</summary>
    public abstract void BoolField(short id, bool value);

    public abstract void Int32(int value);

    public abstract void Int64(long value);

    public abstract void Double(double value);

    public abstract void ListHeader(ThriftType elementType, int count);

    /// <summary>Length and bytes. Lone surrogates, which have no UTF-8 form, are written as U+FFFD.</summary>
    public void Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        Length(bytes);
        Encoding.UTF8.GetBytes(value, output.GetSpan(bytes));
        output.Advance(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        output.Write(value);
    }

    protected abstract void Length(int bytes);

    protected void Byte(byte value) => output.Write([value]);
}
