using System.Buffers;
using System.Text;
using Clew.Formats.Thrift;

namespace Clew.Formats.Tests.Thrift;

/// <summary>
/// Writes Thrift for tests, simple rather than fast. Struct fields are written in the order given, or the reverse: readers must take
/// them in any order.
/// </summary>
internal abstract class ThriftTestWriter
{
    private readonly ArrayBufferWriter<byte> output = new();

    public bool Reversed { get; init; }

    public byte[] ToArray() => output.WrittenSpan.ToArray();

    public void Struct(params TestField[] fields)
    {
        BeginStruct();
        foreach (TestField field in Reversed ? fields.AsEnumerable().Reverse() : fields)
        {
            WriteFieldHeader(field);
            field.Write?.Invoke();
        }
        WriteByte(0);
        EndStruct();
    }

    public void List<T>(IReadOnlyCollection<T> items, ThriftType elementType, Action<T> write)
    {
        WriteListHeader(items.Count, elementType);
        foreach (T item in items)
            write(item);
    }

    public abstract void Message(string method, int type, Action arguments);

    public abstract void Int16(short value);

    public abstract void Int32(int value);

    public abstract void Int64(long value);

    public abstract void Double(double value);

    public abstract void Binary(byte[] value);

    public abstract void WriteListHeader(int count, ThriftType elementType);

    public abstract void WriteMapHeader(int count, ThriftType keyType, ThriftType valueType);

    public void String(string value) => Binary(Encoding.UTF8.GetBytes(value));

    /// <summary>A bool that is an element; bool fields are written by their header.</summary>
    public abstract void BoolElement(bool value);

    public void WriteByte(byte value) => output.Write([value]);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    protected abstract void BeginStruct();

    protected abstract void EndStruct();

    protected abstract void WriteFieldHeader(TestField field);
}

/// <param name="Id">Number in the IDL.</param>
/// <param name="Type">Thrift type.</param>
/// <param name="Write">Writes the value; null for a bool.</param>
/// <param name="Bool">The value of a bool.</param>
internal sealed record TestField(short Id, ThriftType Type, Action? Write, bool Bool = false)
{
    public static TestField OfBool(short id, bool value) => new(id, ThriftType.Bool, null, value);
}
