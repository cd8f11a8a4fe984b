namespace Clew.Query;

/// <summary>Calls from one service to another, counted as Zipkin's dependency linker does .</summary>
public sealed record ServiceEdge(string Parent, string Child, long CallCount, long ErrorCount);
