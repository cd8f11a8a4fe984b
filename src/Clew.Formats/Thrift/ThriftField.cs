namespace Clew.Formats.Thrift;

/// <summary>The header of a field inside a struct.</summary>
/// <param name="Id">Its number in the IDL.</param>
/// <param name="Type">What follows on the wire.</param>
internal readonly record struct ThriftField(short Id, ThriftType Type);
