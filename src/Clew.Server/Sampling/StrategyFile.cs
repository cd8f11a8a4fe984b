using System.Text.Json;
using System.Text.Json.Serialization;

namespace Clew.Server.Sampling;

/// <summary>Jaeger's strategies file as it is written: snake case, everything optional.</summary>
internal sealed record StrategyFile(StrategyFile.Service? DefaultStrategy, IReadOnlyList<StrategyFile.Service?>? ServiceStrategies)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <exception cref="FormatException">Not such a file; the message says where.</exception>
    public static StrategyFile Parse(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (utf8.StartsWith(byteOrderMark))
            utf8 = utf8[byteOrderMark.Length..];
        try
        {
            // Jaeger takes "null" for a file without rules; so does this.
            return JsonSerializer.Deserialize<StrategyFile>(utf8, Json) ?? new StrategyFile(null, null);
        }
        catch (JsonException error)
        {
            throw new FormatException($"line {(error.LineNumber ?? 0) + 1}, at {error.Path ?? "$"}: not a strategies file in JSON", error);
        }
    }

    /// <param name="Name">Null in the default strategy.</param>
    /// <param name="Type"><c>probabilistic</c> or <c>ratelimiting</c>.</param>
    /// <param name="Param">A probability, or traces per second.</param>
    /// <param name="OperationStrategies">Rules for operations.</param>
    public sealed record Service(
        [property: JsonPropertyName("service")] string? Name, string? Type, double Param, IReadOnlyList<Operation?>? OperationStrategies);

    /// <param name="Name">The name of the root span.</param>
    /// <param name="Type"><c>probabilistic</c>; nothing else is possible for one operation.</param>
    /// <param name="Param">A probability.</param>
    public sealed record Operation([property: JsonPropertyName("operation")] string? Name, string? Type, double Param);
}
