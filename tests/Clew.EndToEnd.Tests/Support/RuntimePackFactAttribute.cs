using System.Runtime.InteropServices;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>A test that publishes with a runtime of its own: skipped, with the reason, where that runtime's package has never been restored, because it would be downloaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimePackFactAttribute : FactAttribute
{
    public RuntimePackFactAttribute()
    {
        string pack = $"microsoft.aspnetcore.app.runtime.{RuntimeInformation.RuntimeIdentifier}";
        if (!Directory.Exists(Path.Combine(Packages, pack)))
            Skip = $"The package {pack} is not in {Packages}: publish any web project with --self-contained once.";
    }

    /// <summary>Where NuGet keeps what it has restored.</summary>
    internal static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
