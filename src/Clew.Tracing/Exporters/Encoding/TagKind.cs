namespace Clew.Tracing.Exporters.Encoding;

/// <summary>What a tag's value is to the wire formats: OTLP's value types.</summary>
internal enum TagKind : byte
{
    Text,
    Bool,
    Integer,
    Double,
    Bytes,
    List,
    Map,
}
