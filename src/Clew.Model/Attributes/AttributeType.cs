namespace Clew.Model;

/// <summary>The types an OTLP <c>AnyValue</c> can have. <see cref="Empty"/> is an AnyValue with no field set.</summary>
public enum AttributeType : byte
{
    Empty = 0,
    String = 1,
    Bool = 2,
    Int64 = 3,
    Double = 4,
    Bytes = 5,
    Array = 6,
    KeyValueList = 7,
}
