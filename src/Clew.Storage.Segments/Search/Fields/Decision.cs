using Clew.Query;

namespace Clew.Storage.Segments.Search;

/// <summary>What was decided about the values of a dictionary; equal decisions have equal outcomes.</summary>
/// <param name="Part">Which part of an encoded value it is about; null for the whole.</param>
/// <param name="Compare">The comparison; null for the question whether there is a value.</param>
internal readonly record struct Decision(BlobPart? Part, SpanCondition.Compare? Compare);

/// <summary>A part of a resource, scope, endpoint or list of attributes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Key">Of attributes, the key.</param>
internal sealed record BlobPart(string Name, string? Key = null);
