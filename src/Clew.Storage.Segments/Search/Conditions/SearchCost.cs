namespace Clew.Storage.Segments.Search;

/// <summary>Orders of magnitude between ways to answer a condition; only their order counts.</summary>
internal enum SearchCost
{
    None,

    /// <summary>One code or a few, compared at memory speed.</summary>
    Codes,

    /// <summary>Numbers compared, or a value looked up in a column of its own.</summary>
    Values,

    /// <summary>Resources, scopes or endpoints decoded, each distinct one once.</summary>
    Blobs,

    /// <summary>Rows of events or links, brought back to their spans.</summary>
    Children,

    /// <summary>Each distinct text of a column asked about.</summary>
    Texts,

    /// <summary>Each row asked about.</summary>
    Rows,
}
