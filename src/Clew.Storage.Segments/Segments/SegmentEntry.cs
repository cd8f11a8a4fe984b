namespace Clew.Storage.Segments.Segments;

/// <summary>Where something lies in a segment file.</summary>
/// <param name="Section">What it is.</param>
/// <param name="Number">Which of several: an attribute's column, an extra's number; else 0.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct SegmentEntry(SegmentSection Section, int Number, long Offset, long Length);
