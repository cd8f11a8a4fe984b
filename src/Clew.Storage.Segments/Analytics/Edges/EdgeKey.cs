namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// What calls are counted by: the minutes in which the first and the last span of their traces start (<see cref="MinuteNumber"/>), so that for nearly every range
/// it is known whether the trace counts, and the services.
/// </summary>
internal readonly record struct EdgeKey(long FirstMinute, long LastMinute, int Parent, int Child);
