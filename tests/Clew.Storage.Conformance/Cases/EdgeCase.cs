using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance.Cases;

/// <summary>The spans of a trace and the edges they must give.</summary>
public sealed record EdgeCase(string Name, IReadOnlyList<Span> Spans, params IReadOnlyList<ServiceEdge> Edges);
