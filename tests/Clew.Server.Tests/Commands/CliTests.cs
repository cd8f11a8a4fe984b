using System.Collections;
using Clew.Server.Commands;
using Clew.Server.Configuration;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Commands;

public sealed class CliTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly Hashtable environment = [];

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Help_lists_the_commands_and_says_where_settings_are_described()
    {
        Assert.Equal(ExitCode.Success, await Run("--help"));
        Assert.Contains("serve", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("config", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("docs/configuration.md", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_of_serve_lists_every_setting_with_its_default()
    {
        Assert.Equal(ExitCode.Success, await Run("serve", "--help"));
        string help = output.ToString();
        Assert.All(Settings.All, setting => Assert.Contains($"--{setting.Key} <", help, StringComparison.Ordinal));
        Assert.Contains("Default: 16686.", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_prints_every_value_and_where_it_came_from()
    {
        environment["CLEW_STORE__SPANSMAX"] = "7";
        Assert.Equal(ExitCode.Success, await Run("config", "--LISTEN.zipkin=[::1]:9999", "--log.level", "ERROR"));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Settings.All.Length, lines.Length);
        Assert.Matches(@"(?m)^listen\.zipkin +\[::1\]:9999 +command line --listen\.zipkin$", output.ToString().ReplaceLineEndings("\n"));
        Assert.Matches(@"(?m)^store\.spansMax +7 +environment variable CLEW_STORE__SPANSMAX$", output.ToString().ReplaceLineEndings("\n"));
        Assert.Matches(@"(?m)^log\.level +error +command line", output.ToString().ReplaceLineEndings("\n"));
        Assert.Matches(@"(?m)^listen\.otlpGrpc +127\.0\.0\.1:4317 +default$", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--listen.quer=1", "--listen.query")]
    [InlineData("--verbose", "clew serve --help")]
    [InlineData("sevre", "clew --help")]
    [InlineData("--log.level", "--log.level")]
    [InlineData("--log.level=loud", "log.level: 'loud'")]
    [InlineData("config --listen.quer=1", "--listen.query")]
    public async Task A_wrong_command_line_ends_with_one_line_and_exit_code_2(string commandLine, string expected)
    {
        Assert.Equal(ExitCode.Usage, await Run(commandLine.Split(' ')));
        string line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("clew: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    private Task<int> Run(params string[] args) => Cli.RunAsync(args, new()
    {
        Output = output,
        Error = error,
        Environment = environment,
        WorkingDirectory = Path.Combine(Path.GetTempPath(), "clew-no-such-folder"),
        OpenStore = (_, _, _) => new(new FakeStore()),
    });
}
