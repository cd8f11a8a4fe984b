using System.Reflection;

namespace Clew.Server.Hosting;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    // The build appends the commit.
    private static readonly string[] Parts =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    public static string Text => Parts[0];

    /// <summary>The commit it was built from; empty when the build did not know it.</summary>
    public static string Commit => Parts is [_, var commit] ? commit : "";
}
