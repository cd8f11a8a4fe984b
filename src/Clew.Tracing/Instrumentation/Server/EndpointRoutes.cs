using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>Routes of the endpoints that have been asked for, made once per endpoint and gone with it. Free of locks where one is known.</summary>
internal sealed class EndpointRoutes
{
    // The array in front of the table takes a fiftieth off a request (docs/performance.md). A power of two.
    private const int RecentCount = 256;

    private readonly ConditionalWeakTable<Endpoint, RouteNames> known = [];
    private readonly RouteNames?[] recent = new RouteNames?[RecentCount];

    public RouteNames Of(Endpoint endpoint)
    {
        ref RouteNames? slot = ref recent[RuntimeHelpers.GetHashCode(endpoint) & (RecentCount - 1)];
        // Another thread may put another in the same place; whoever reads it has one or the other, whole.
        return Volatile.Read(ref slot) is { } names && ReferenceEquals(names.Endpoint, endpoint) ? names : slot = known.GetValue(endpoint, static key => new RouteNames(key));
    }
}
