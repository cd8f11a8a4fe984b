using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes spans as OTLP JSON (<c>TracesData</c>, hex ids, 64-bit integers as strings).</summary>
public static class OtlpJsonEncoder
{
    /// <summary>Writes one object <c>{"resourceSpans":[…]}</c>, grouping spans by resource and scope.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<Span> spans) => throw new NotImplementedException();
}
