namespace Clew.Storage.Segments;

/// <summary>The block that one walk through a dictionary stands in. One thread, one dictionary.</summary>
internal sealed class DictionaryScratch
{
    public DictionaryBlock Block { get; } = new();

    /// <summary>Number of the block that is there; -1 for none.</summary>
    public int Number { get; set; } = -1;
}
