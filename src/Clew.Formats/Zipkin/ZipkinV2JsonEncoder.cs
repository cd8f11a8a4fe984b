using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Writes spans as Zipkin v2 JSON.</summary>
public static class ZipkinV2JsonEncoder
{
    /// <summary>Writes one span object.</summary>
    public static void WriteSpan(Utf8JsonWriter writer, Span span) => throw new NotImplementedException();
}
