using System.Collections;

namespace Clew.Server.Configuration.Sources;

/// <summary>
/// Variables by the names that Zipkin's server reads, so that its environment can be kept. They mean what they mean there; Clew's own names go
/// before them.
/// </summary>
internal static class ZipkinVariables
{
    /// <summary>Variable and setting.</summary>
    public static IReadOnlyList<(string Variable, string Key)> All { get; } =
    [
        ("STRICT_TRACE_ID", "zipkin.strictTraceId"),
        ("RABBIT_URI", "rabbitMq.uri"),
        ("RABBIT_ADDRESSES", "rabbitMq.addresses"),
        ("RABBIT_QUEUE", "rabbitMq.queue"),
        ("RABBIT_VIRTUAL_HOST", "rabbitMq.virtualHost"),
        ("RABBIT_USER", "rabbitMq.user"),
        ("RABBIT_PASSWORD", "rabbitMq.password"),
        ("RABBIT_USE_SSL", "rabbitMq.tls"),
        ("RABBIT_CONCURRENCY", "rabbitMq.concurrency"),
        ("RABBIT_CONNECTION_TIMEOUT", "rabbitMq.connectTimeoutMs"),
    ];

    public static IEnumerable<ConfiguredValue> Read(IDictionary variables)
    {
        foreach ((string variable, string key) in All)
        {
            // Zipkin takes an empty variable for one that is not set.
            if (variables[variable] is string { Length: > 0 } text)
                yield return new(key, text, $"environment variable {variable}");
        }
    }
}
