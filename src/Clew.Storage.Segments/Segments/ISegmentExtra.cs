namespace Clew.Storage.Segments.Segments;

/// <summary>Something beside the spans that is written into a segment and read back by its number (<see cref="SegmentFile.OpenExtra"/>).</summary>
internal interface ISegmentExtra
{
    /// <summary>Stands in files: never used again for something else.</summary>
    int Number { get; }

    /// <summary>Writes any number of sections.</summary>
    void Write(ColumnWriter writer);
}
