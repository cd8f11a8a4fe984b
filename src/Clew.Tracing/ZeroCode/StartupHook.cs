using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

/// <summary>
/// Run before the program's own code when DOTNET_STARTUP_HOOKS names this assembly (.NET runtime, "Host startup hook"): for programs that were published without
/// it. Finds the assemblies that lie beside it and asks ASP.NET Core for the hosting startup. Nothing here may touch OpenTelemetry, which cannot be found yet.
/// </summary>
#pragma warning disable CA1050 // The runtime looks for this name outside of any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    private const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Inside a single file the location is empty, and the hook does nothing.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs have no startup hooks.")]
    public static void Initialize()
    {
        Assembly own = typeof(StartupHook).Assembly;
        string name = own.GetName().Name!;
        string? folder = Path.GetDirectoryName(own.Location);
        if (string.IsNullOrEmpty(folder))
            return;
        // Asked only for what the program does not bring itself, so its own versions go first.
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
            wanted.Name is { } missing && (missing == name || missing.StartsWith("OpenTelemetry", StringComparison.Ordinal)) && Path.Combine(folder, missing + ".dll") is var path && File.Exists(path)
                ? context.LoadFromAssemblyPath(path)
                : null;
        string? others = Environment.GetEnvironmentVariable(Variable);
        if (others?.Split(';').Contains(name, StringComparer.OrdinalIgnoreCase) != true)
            Environment.SetEnvironmentVariable(Variable, string.IsNullOrEmpty(others) ? name : $"{others};{name}");
    }
}
