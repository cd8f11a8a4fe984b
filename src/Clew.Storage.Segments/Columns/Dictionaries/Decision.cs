using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>A question about each value of a dictionary; equal ones have equal answers.</summary>
/// <param name="Compare">The comparison; null for the question whether there is a value.</param>
/// <param name="Part">Which part of an encoded value it is about; null for the whole.</param>
internal readonly record struct Decision(SpanCondition.Compare? Compare, BlobPart? Part = null);

/// <summary>A part of a resource, scope, endpoint or list of attributes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Key">Of attributes, the key.</param>
internal sealed record BlobPart(string Name, string? Key = null);
