namespace Clew.Storage.Segments;

/// <summary>How an <see cref="Int64Column"/> keeps its values. Numbers stand in files: they are never changed or used again.</summary>
internal enum Int64Encoding : byte
{
    /// <summary>All values are the smallest one.</summary>
    Constant = 0,

    /// <summary>Differences from the smallest value, in units, bit-packed.</summary>
    Packed = 1,

    /// <summary>Blocks of varints: the first value's difference from the smallest, in units, then zigzag differences from the one before.</summary>
    Delta = 2,

    /// <summary>The same with the difference of each difference from the one before it.</summary>
    DeltaOfDelta = 3,

    /// <summary>8 bytes each.</summary>
    Plain = 4,

    /// <summary>Differences from the smallest value, in units: a bucket each, and the distance from its first number (<see cref="BucketedInts"/>).</summary>
    Bucketed = 5,
}
