using Clew.Model;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.V3;

/// <summary>Operations as api_v3 lists them: one without a kind counts as internal.</summary>
internal static class JaegerOperations
{
    /// <param name="operations">Of one service.</param>
    /// <param name="kind">Only of this kind, in any case; empty for all.</param>
    public static IReadOnlyList<(string Name, string Kind)> Select(IReadOnlyList<Operation> operations, string kind) =>
    [
        .. operations.Select(static operation => (operation.Name, Kind: KindText(operation.Kind)))
            .Where(operation => kind.Length == 0 || kind.Equals(operation.Kind, StringComparison.OrdinalIgnoreCase))
            .Distinct(),
    ];

    private static string KindText(SpanKind kind) => (kind == SpanKind.Unspecified ? SpanKind.Internal : kind).ToString().ToLowerInvariant();
}
