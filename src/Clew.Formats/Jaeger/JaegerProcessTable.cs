using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Numbers the processes of one trace <c>p1</c>, <c>p2</c>, … as they are first seen; equal ones share a number.</summary>
internal sealed class JaegerProcessTable
{
    private readonly JaegerProcessCache cache = new();
    private readonly Dictionary<JaegerProcess, string> ids = [];
    private readonly List<JaegerProcess> processes = [];

    public string IdOf(Span span)
    {
        JaegerProcess process = cache.Of(span);
        if (!ids.TryGetValue(process, out string? id))
        {
            processes.Add(process);
            id = IdAt(processes.Count - 1);
            ids.Add(process, id);
        }
        return id;
    }

    /// <summary>Writes the property <c>processes</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(JaegerJsonNames.Processes);
        for (int i = 0; i < processes.Count; i++)
        {
            writer.WriteStartObject(IdAt(i));
            writer.WriteString(JaegerJsonNames.ServiceName, processes[i].ServiceName);
            writer.WriteStartArray(JaegerJsonNames.Tags);
            foreach (KeyValue tag in processes[i].Tags)
                JaegerJsonValues.WriteTag(writer, tag.Key, tag.Value);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static string IdAt(int index) => $"p{index + 1}";
}
