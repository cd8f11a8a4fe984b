using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Writes traces as Jaeger's UI JSON (what <c>/api/traces</c> puts into <c>data</c>).</summary>
public static class JaegerJsonEncoder
{
    /// <summary>Writes one object <c>{"traceID", "spans", "processes", "warnings"}</c>.</summary>
    public static void WriteTrace(Utf8JsonWriter writer, Trace trace) => throw new NotImplementedException();
}
