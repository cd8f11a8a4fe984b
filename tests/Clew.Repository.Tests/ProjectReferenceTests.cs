using System.Xml.Linq;

namespace Clew.Repository.Tests;

public sealed class ProjectReferenceTests
{
    /// <summary>What each project may build on, directly. A new project of src has to be entered here.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Clew.Model"] = [],
        ["Clew.Formats"] = ["Clew.Model"],
        ["Clew.Query"] = ["Clew.Model"],
        ["Clew.Storage"] = ["Clew.Model", "Clew.Query"],
        ["Clew.Storage.Segments"] = ["Clew.Model", "Clew.Formats", "Clew.Query", "Clew.Storage"],
        ["Clew.Tracing"] = [],
        ["Clew.Server"] = ["Clew.Model", "Clew.Formats", "Clew.Query", "Clew.Storage", "Clew.Storage.Segments"],
    };

    [Fact]
    public void Projects_refer_only_downwards()
    {
        foreach (string path in Repository.Files("src", ".csproj"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} has no entry in {nameof(Allowed)}");
            string[] references = [.. Items(path, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))];
            Assert.True(references.All(allowed.Contains), $"{name} refers to {string.Join(", ", references.Except(allowed))}");
        }
    }

    [Fact]
    public void Of_the_server_s_projects_only_the_executable_knows_of_http()
    {
        // Clew.Tracing is for applications, which are web services as a rule.
        foreach (string path in Repository.Files("src", ".csproj").Where(path => Path.GetFileNameWithoutExtension(path) is not ("Clew.Server" or "Clew.Tracing")))
        {
            Assert.Equal("Microsoft.NET.Sdk", XDocument.Load(path).Root!.Attribute("Sdk")!.Value);
            Assert.Empty(Items(path, "FrameworkReference"));
            Assert.DoesNotContain(Items(path, "PackageReference"), package => package.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_model_depends_on_no_package() =>
        Assert.Empty(Items(Path.Combine(Repository.Root, "src", "Clew.Model", "Clew.Model.csproj"), "PackageReference"));

    private static IEnumerable<string> Items(string path, string kind) =>
        XDocument.Load(path).Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
