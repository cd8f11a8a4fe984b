using System.Reflection;

namespace Clew.Server.Hosting;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>Without the commit that the build appends.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
