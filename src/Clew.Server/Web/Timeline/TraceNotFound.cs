using Clew.Model;

namespace Clew.Server.Web;

/// <summary>What a page says when there is no trace to show.</summary>
/// <param name="Text">The id as given.</param>
/// <param name="Id">The id as read; null when it is none.</param>
/// <param name="Traces">Traces kept at the moment.</param>
/// <param name="Spans">Spans kept at the moment.</param>
public sealed record TraceNotFound(string Text, TraceId? Id, long Traces, long Spans);
