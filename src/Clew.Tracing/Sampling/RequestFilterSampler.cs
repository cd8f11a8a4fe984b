using System.Diagnostics;
using Clew.Tracing.Setup;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Drops requests to ignored paths before another sampler is asked, so that health checks use up nobody's rate. ASP.NET Core gives the path when it starts the span, if told so
/// (<see cref="AspNetCoreSwitch"/>). Owns the other sampler.
/// </summary>
internal sealed class RequestFilterSampler : Sampler, IDisposable
{
    private readonly Sampler inner;
    private readonly IgnoredPaths ignored;

    public RequestFilterSampler(Sampler inner, IgnoredPaths ignored)
    {
        this.inner = inner;
        this.ignored = ignored;
        Description = inner.Description;
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Server && !ignored.IsEmpty && RequestTags.Path(samplingParameters.Tags) is { } path && ignored.Contains(path)
            ? SamplerAttributes.Drop
            : inner.ShouldSample(samplingParameters);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}

/// <summary>What is known of a request when its span starts.</summary>
internal static class RequestTags
{
    public static string? Path(IEnumerable<KeyValuePair<string, object?>>? tags) => Find(tags, "url.path");

    /// <summary>
    /// <c>METHOD /path</c>, which is the name of the span later where the route has no parameters; of a path that is a gRPC method's, <c>package.Service/Method</c>; the span's name for
    /// all that is no request.
    /// </summary>
    public static string Operation(in SamplingParameters parameters)
    {
        if (parameters.Kind != ActivityKind.Server || Path(parameters.Tags) is not { } path)
            return parameters.Name;
        string? method = Find(parameters.Tags, "http.request.method");
        bool isRpc = method == "POST" && path.IndexOf('/', 1) is > 1 and var slash && path.IndexOf('/', slash + 1) < 0 && path.AsSpan(1, slash).Contains('.');
        return isRpc ? path[1..] : $"{method} {path}";
    }

    private static string? Find(IEnumerable<KeyValuePair<string, object?>>? tags, string key)
    {
        foreach ((string name, object? value) in tags ?? [])
        {
            if (name == key)
                return value as string;
        }
        return null;
    }
}
