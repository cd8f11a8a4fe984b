using Clew.Model;

namespace Clew.Formats.Thrift;

/// <summary>The envelope of a call; the sequence id is read and not kept, since nobody answers.</summary>
internal readonly record struct ThriftMessage(Utf8Slice Method, int Type)
{
    public const int Call = 1;
    public const int Oneway = 4;
}
