namespace Clew.Formats.Protobuf;

/// <summary>The low three bits of a tag: how the value is laid out (protobuf encoding guide, "Message Structure").</summary>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint LengthDelimited = 2;
    public const uint StartGroup = 3;
    public const uint EndGroup = 4;
    public const uint Fixed32 = 5;
}
