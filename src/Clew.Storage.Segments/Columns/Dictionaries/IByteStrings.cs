namespace Clew.Storage.Segments;

/// <summary>Values that are looked up together. A structure, so that getting at one costs no call.</summary>
internal interface IByteStrings
{
    /// <summary>The same bytes each time it is asked.</summary>
    ReadOnlySpan<byte> this[int index] { get; }
}
