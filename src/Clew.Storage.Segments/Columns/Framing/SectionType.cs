namespace Clew.Storage.Segments;

/// <summary>What a section holds. Numbers stand in files: they are never changed or used again.</summary>
internal enum SectionType : ushort
{
    Codes = 1,
    Dictionary = 2,
    Int64 = 3,
    Double = 4,
    FixedBytes = 6,
    Presence = 7,
    Attribute = 8,
    Text = 9,
    Keys = 10,
    Filter = 11,
    Footer = 12,
    MinuteServices = 13,
    ServiceMinutes = 14,
    EdgeSums = 15,
    EdgeEntries = 16,
}
