namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>What the two Thrift protocols have in common, as far as Jaeger's structs need it. Implementations are structs over one buffer.</summary>
internal interface IThriftWriter
{
    /// <summary>Returns what <see cref="EndStruct"/> needs to go on with the outer struct.</summary>
    short BeginStruct();

    void EndStruct(short outer);

    void StructField(short id);

    void TextField(short id, string value);

    void BytesField(short id, ReadOnlySpan<byte> value);

    void Int32Field(short id, int value);

    void Int64Field(short id, long value);

    void DoubleField(short id, double value);

    void BoolField(short id, bool value);

    /// <summary>A list of structs, which follow.</summary>
    void StructListField(short id, int count);
}
