namespace Clew.Storage.Segments;

/// <summary>A column whose size is remembered for the next of its kind.</summary>
internal interface IGrowingColumn
{
    ColumnSize Size { get; }
}

/// <param name="Values">How many values it has.</param>
/// <param name="Bytes">How many bytes they have, where these differ.</param>
internal readonly record struct ColumnSize(int Values, int Bytes);
