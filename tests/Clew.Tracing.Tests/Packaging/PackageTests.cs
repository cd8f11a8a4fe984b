using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clew.TestKit;
using Clew.Tracing.Propagation;

namespace Clew.Tracing.Tests.Packaging;

/// <summary>The package as its users get it.</summary>
public sealed partial class PackageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-package-");

    private static string Project => Path.Combine(Fixtures.RepositoryRoot, "src", "Clew.Tracing");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A change here is a change for everybody who uses the package: meant ones are written down with CLEW_WRITE_PUBLIC_API=1 and reviewed as a difference.</summary>
    [Fact]
    public void The_public_surface_is_the_one_that_is_written_down()
    {
        string path = Path.Combine(Project, "PublicAPI.txt");
        string surface = PublicSurface.Of(typeof(CompositePropagation).Assembly);
        if (Environment.GetEnvironmentVariable("CLEW_WRITE_PUBLIC_API") == "1")
            File.WriteAllText(path, surface);

        string[] written = File.ReadAllLines(path);
        string[] now = surface.TrimEnd('\n').Split('\n');

        Assert.Equal([], now.Except(written).Select(line => "not written down: " + line).Concat(written.Except(now).Select(line => "gone: " + line)));
        Assert.Equal(written, now);
    }

    [Fact]
    public async Task The_package_has_the_library_its_documentation_readme_and_licence()
    {
        string configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        using Process pack = Process.Start(new ProcessStartInfo("dotnet", ["pack", Project, "--no-build", "-c", configuration, "-o", folder.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = await pack.StandardOutput.ReadToEndAsync() + await pack.StandardError.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, output);

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.FullName, "Clew.Tracing.*.nupkg")));
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("lib/net10.0/Clew.Tracing.dll", entries);
        Assert.Contains("lib/net10.0/Clew.Tracing.xml", entries);
        Assert.Contains("README.md", entries);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        string[] named = [.. NamedFile().Matches(await readme.ReadToEndAsync()).Select(match => match.Groups[1].Value)];
        Assert.Contains("docs/tracing.md", named);
        Assert.All(named, name => Assert.Contains(entries, entry => entry.StartsWith(name, StringComparison.Ordinal)));
        using Stream manifest = package.GetEntry("Clew.Tracing.nuspec")!.Open();
        XElement metadata = XElement.Load(manifest).Elements().Single();
        Assert.Equal("Clew.Tracing", Text("id"));
        Assert.Equal("Apache-2.0", Text("license"));
        Assert.Equal("README.md", Text("readme"));
        Assert.NotEqual("", Text("description"));
        // Programs without a queue carry no client of one.
        Assert.All(metadata.Descendants().Where(element => element.Name.LocalName == "dependency"), dependency => Assert.StartsWith("OpenTelemetry", dependency.Attribute("id")!.Value, StringComparison.Ordinal));

        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
    }

    [Fact]
    public void The_library_says_that_it_can_be_trimmed() =>
        Assert.Contains(
            typeof(CompositePropagation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>(),
            metadata => metadata is { Key: "IsTrimmable", Value: "True" });

    /// <summary>A link to a file, or a path in the documentation.</summary>
    [GeneratedRegex(@"(?:\]\(|`(?=docs/))(?!http)([\w./-]+)[)`]")]
    private static partial Regex NamedFile();
}
