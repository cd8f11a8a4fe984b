using System.Collections;
using Clew.Server.Configuration;
using Clew.Server.Configuration.Sources;

namespace Clew.Server.Tests.Configuration;

public sealed class SourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clew-config-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_may_have_comments_numbers_arrays_and_trailing_commas()
    {
        string path = Write("""
            {
              // Everyone on this network.
              "listen": { "address": "0.0.0.0", "otlpGrpc": 14317, },
              "cors": { "allowedOrigins": ["https://a.example", "https://b.example"] },
              "log": {}, /* as it is */
            }
            """);
        EffectiveOptions effective = OptionsReader.Read(JsonFile.Read(path));
        Assert.Equal("0.0.0.0:14317", effective.Options.Listen.OtlpGrpc!.ToString());
        Assert.Equal(["https://a.example", "https://b.example"], effective.Options.Cors.AllowedOrigins);
        Assert.Equal(path, effective.Settings.Single(setting => setting.Setting.Key == "cors.allowedOrigins").Source);
    }

    [Theory]
    [InlineData("{ \"listen\": { \"query\": null } }", "listen.query: has no value")]
    [InlineData("{ \"listen\": 4317 }", "listen: no such setting")]
    [InlineData("{ \"listen\": { \"query\": { \"port\": 1 } } }", "listen.query.port: no such setting")]
    [InlineData("{ \"listen\": { \"query\": [1, 2] } }", "listen.query.0: no such setting")]
    [InlineData("{ \"spans\": null }", "spans: no such setting")]
    public void What_cannot_be_a_value_is_refused(string json, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => OptionsReader.Read(JsonFile.Read(Write(json))));
        Assert.StartsWith(expected, error.Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"listen\": {\n    oops\n", "line 3 ")]
    [InlineData("[1]", "cannot be read")]
    [InlineData("{ \"log\": {}, \"LOG\": { \"level\": \"error\" }, \"log\": 1 }", "cannot be read")]
    public void A_file_that_is_no_json_object_is_refused_with_the_place(string json, string expected)
    {
        string path = Write(json);
        var error = Assert.Throws<ConfigurationException>(() => JsonFile.Read(path));
        Assert.StartsWith(path, Assert.Single(error.Errors), StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_in_the_working_directory_is_read_unless_another_is_named()
    {
        Write("""{ "query": { "limitMax": 1 } }""");
        File.WriteAllText(Path.Combine(folder, "other.json"), """{ "query": { "limitMax": 2 } }""");
        Assert.Equal("1", Assert.Single(ConfigFile.Read(null, new Hashtable(), folder)).Text);
        Assert.Equal("2", Assert.Single(ConfigFile.Read(null, new Hashtable { ["CLEW_CONFIG"] = "other.json" }, folder)).Text);
        Assert.Equal("2", Assert.Single(ConfigFile.Read("other.json", new Hashtable { ["CLEW_CONFIG"] = "missing" }, folder)).Text);
        Assert.Empty(ConfigFile.Read(null, new Hashtable(), Path.GetTempPath() + "no-such-folder"));
    }

    [Fact]
    public void A_named_file_that_is_missing_is_refused_with_who_named_it()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigFile.Read(null, new Hashtable { ["CLEW_CONFIG"] = "missing.json" }, folder));
        Assert.Equal("missing.json: no such configuration file (environment variable CLEW_CONFIG)", error.Message);
    }

    [Fact]
    public void Variables_nest_by_two_underscores_whatever_their_case()
    {
        var variables = new Hashtable
        {
            ["CLEW_LISTEN__OTLPGRPC"] = "off",
            ["clew_cors__allowedOrigins__0"] = "https://a.example",
            ["CLEW_CONFIG"] = "x",
            ["PATH"] = "/bin",
        };
        EffectiveOptions effective = OptionsReader.Read(EnvironmentVariables.Read(variables));
        Assert.Null(effective.Options.Listen.OtlpGrpc);
        Assert.Equal(["https://a.example"], effective.Options.Cors.AllowedOrigins);
        Assert.Equal("environment variable CLEW_LISTEN__OTLPGRPC", effective.Settings.Single(setting => setting.Setting.Key == "listen.otlpGrpc").Source);
    }

    [Fact]
    public void Variables_that_kubernetes_sets_for_a_service_named_clew_are_not_settings()
    {
        var variables = new Hashtable
        {
            ["CLEW_SERVICE_HOST"] = "10.0.0.1",
            ["CLEW_SERVICE_PORT"] = "16686",
            ["CLEW_SERVICE_PORT_OTLP_GRPC"] = "4317",
            ["CLEW_PORT"] = "tcp://10.0.0.1:16686",
            ["CLEW_QUERY_PORT_16686_TCP"] = "tcp://10.0.0.1:16686",
            ["CLEW_PORT_6831_UDP_PROTO"] = "udp",
            ["CLEW_PORT_6831_UDP_ADDR"] = "10.0.0.1",
        };
        Assert.Empty(EnvironmentVariables.Read(variables));
        Assert.NotEmpty(EnvironmentVariables.Read(new Hashtable { ["CLEW_QUERY_PORT"] = "16686" }));
    }

    private string Write(string json)
    {
        string path = Path.Combine(folder, "clew.json");
        File.WriteAllText(path, json);
        return path;
    }
}
