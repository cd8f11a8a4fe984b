using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance.Cases;

/// <summary>Traces that are written and the query that must find exactly them, among those of all other cases.</summary>
public sealed record SearchCase(string Name, TraceQuery Query, IReadOnlyList<Span> Spans);
