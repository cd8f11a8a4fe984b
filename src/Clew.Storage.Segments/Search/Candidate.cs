using Clew.Model;

namespace Clew.Storage.Segments.Search;

/// <summary>A trace that may answer, under the latest start it can have: one of its tables' parts says when it starts there, and others can only be earlier.</summary>
/// <param name="StartNs">Unix nanoseconds; 0 stands last, like a trace without a time.</param>
/// <param name="TraceId">Decides between equal starts.</param>
/// <param name="Table">Number of the table that gave it.</param>
/// <param name="Trace">The trace's number there.</param>
internal readonly record struct Candidate(long StartNs, TraceId TraceId, int Table, int Trace) : IComparable<Candidate>
{
    /// <summary>In the order of results.</summary>
    public int CompareTo(Candidate other) => StartNs != other.StartNs ? other.StartNs.CompareTo(StartNs) : TraceId.CompareTo(other.TraceId);
}
