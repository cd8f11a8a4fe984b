using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>Builds and runs the program of <c>tests/clients/go</c> against the Go libraries that Debian packages, without modules (GOPATH mode).</summary>
internal static class GoClients
{
    private const string GoPath = "/usr/share/gocode";

    // A first build takes half a minute; later ones come out of Go's own cache.
    private static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task<string>> Program = new(BuildAsync);

    private static string Folder => Path.Combine(Fixtures.RepositoryRoot, "tests", "clients", "go");

    public static string? MissingReason =>
        new[] { "go.opentelemetry.io/otel/exporters/jaeger", "github.com/openzipkin/zipkin-go", "google.golang.org/grpc" }.All(static package => Directory.Exists($"{GoPath}/src/{package}"))
            && File.Exists("/usr/bin/go")
            ? null
            : "real component missing: Debian's golang-go, golang-opentelemetry-otel-dev, golang-github-openzipkin-zipkin-go-dev, golang-google-grpc-dev (./test installs them)";

    public static async Task<SentTrace> SendAsync(string client, string target, string prefix) =>
        await ClientProgram.RunAsync<SentTrace>(await Program.Value, Folder, client, target, prefix);

    private static async Task<string> BuildAsync()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "go-clients");
        var environment = new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOPATH"] = GoPath, ["GOFLAGS"] = "", ["GOTOOLCHAIN"] = "local" };
        await ClientProgram.RunAsync("/usr/bin/go", Folder, BuildPatience, environment, "build", "-o", program, ".");
        return program;
    }
}

/// <summary>A theory that is skipped, with the reason, where the Go libraries are not installed (or Node's, which ask over gRPC).</summary>
internal sealed class GoClientTheoryAttribute : TheoryAttribute
{
    public GoClientTheoryAttribute() => Skip = GoClients.MissingReason ?? NodeClients.MissingReason;
}
