using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Numbers the processes of one trace <c>p1</c>, <c>p2</c>, … as they are first seen; equal ones share a number.</summary>
internal sealed class JaegerProcessTable
{
    // Spans of one batch share their resource object: the reference finds the process again without comparing tags.
    private readonly Dictionary<Source, string> idsBySource = [];
    private readonly Dictionary<JaegerProcess, string> ids = [];
    private readonly List<JaegerProcess> processes = [];

    public string IdOf(Span span)
    {
        var source = new Source(span.Resource, JaegerProcess.AddressOf(span.LocalEndpoint));
        if (idsBySource.TryGetValue(source, out string? id))
            return id;
        var process = new JaegerProcess(span);
        if (!ids.TryGetValue(process, out id))
        {
            processes.Add(process);
            id = IdAt(processes.Count - 1);
            ids.Add(process, id);
        }
        idsBySource.Add(source, id);
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

    private readonly record struct Source(Resource Resource, IPAddress? Address)
    {
        public bool Equals(Source other) => ReferenceEquals(Resource, other.Resource) && Equals(Address, other.Address);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Resource), Address);
    }
}
