namespace Clew.Storage.Segments.Analytics;

/// <summary>Calls between two services, by <see cref="ServiceNumbers"/>.</summary>
internal readonly record struct LinkedCall(int Parent, int Child, long Calls, long Errors);
