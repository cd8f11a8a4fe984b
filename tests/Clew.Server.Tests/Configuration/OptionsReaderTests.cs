using System.Net;
using Clew.Server.Configuration;

namespace Clew.Server.Tests.Configuration;

public sealed class OptionsReaderTests
{
    [Fact]
    public void Nothing_configured_gives_the_initial_values_of_the_records()
    {
        EffectiveOptions effective = OptionsReader.Read();
        Assert.Equal(new ClewOptions(), effective.Options);
        Assert.All(effective.Settings, setting => Assert.Equal("default", setting.Source));
    }

    [Fact]
    public void Every_setting_reads_its_own_text_back()
    {
        foreach (EffectiveSetting setting in OptionsReader.Read().Settings)
            Assert.Equal(setting.Text, setting.Setting.Format(setting.Setting.Apply(new(), setting.Text)));
    }

    [Fact]
    public void Every_property_of_the_options_has_a_setting()
    {
        // Other values than the defaults, at least one of each kind.
        string[] other = ["127.0.0.9", "1", "2", "off", "2KiB", "2MiB", "3s", "/prefix", "https://a.example", "memory", "error", "json", "0.5", "adaptive", "amqp://broker", "true", "false"];
        foreach (Setting setting in Settings.All)
        {
            ClewOptions[] changed = [.. other.Select(text => TryApply(setting, text)).OfType<ClewOptions>()];
            Assert.NotEmpty(changed);
            foreach (Setting bystander in Settings.All.Where(bystander => bystander != setting))
                Assert.All(changed, options => Assert.Equal(bystander.Format(new()), bystander.Format(options)));
            if (setting.Key is not ("store.type" or "rabbitMq.password"))
                Assert.Contains(changed, options => setting.Format(options) != setting.Format(new()));
        }
        Assert.Equal(PropertiesOf(typeof(ClewOptions)), Settings.All.Length);
    }

    [Fact]
    public void A_later_layer_wins_and_is_named_as_the_source()
    {
        EffectiveOptions effective = OptionsReader.Read(
            [new("query.limitMax", "1", "file"), new("store.spansMax", "2", "file")], [new("QUERY.LIMITMAX", "3", "variable")]);
        Assert.Equal(3, effective.Options.Query.LimitMax);
        Assert.Equal(2, effective.Options.Store.SpansMax);
        Assert.Equal("variable", effective.Settings.Single(setting => setting.Setting.Key == "query.limitMax").Source);
    }

    [Fact]
    public void The_listen_address_is_that_of_every_listener_given_by_a_port_alone()
    {
        ClewOptions options = Read(("listen.address", "0.0.0.0"), ("listen.otlpGrpc", "14317"), ("listen.zipkin", "[::1]:0"), ("listen.jaegerBinary", "OFF"));
        Assert.Equal(new IPEndPoint(IPAddress.Any, 16686), options.Listen.Query);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 14317), options.Listen.OtlpGrpc);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 0), options.Listen.Zipkin);
        Assert.Null(options.Listen.JaegerBinary);
    }

    [Theory]
    [InlineData("listen.query", "65536")]
    [InlineData("listen.query", "::1:80")]
    [InlineData("listen.query", "[127.0.0.1]:80")]
    [InlineData("listen.query", "example.org:80")]
    [InlineData("listen.query", "1:80")]
    [InlineData("listen.query", "")]
    [InlineData("listen.address", "everywhere")]
    [InlineData("limits.spansMax", "-1")]
    [InlineData("limits.spansMax", "1e3")]
    [InlineData("limits.requestBytesMax", "1 MB")]
    [InlineData("limits.requestBytesMax", "2GiB")]
    [InlineData("limits.requestBytesMax", "99999999999999999999999999999999999999GiB")]
    [InlineData("limits.requestBytesMax", "MiB")]
    [InlineData("ingest.queueWaitMs", "2h")]
    [InlineData("ingest.queueWaitMs", "61s")]
    [InlineData("store.type", "cassandra")]
    [InlineData("log.level", "loud")]
    [InlineData("web.basePath", "traces")]
    [InlineData("web.basePath", "/a b")]
    [InlineData("cors.allowedOrigins", "https://a.example/")]
    [InlineData("cors.allowedOrigins", "https://a.example,*")]
    public void A_bad_value_is_refused_with_its_key_its_text_and_its_source(string key, string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read((key, text)));
        string line = Assert.Single(error.Errors);
        Assert.StartsWith($"{key}: '{text}' ", line, StringComparison.Ordinal);
        Assert.Contains("expected", line, StringComparison.Ordinal);
        Assert.EndsWith("(test)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listen.otlpGrcp", "listen.otlpGrpc")]
    [InlineData("otlpHttp", "listen.otlpHttp")]
    [InlineData("store.spanMax", "store.spansMax")]
    public void An_unknown_key_is_refused_with_the_one_that_was_probably_meant(string key, string meant)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read((key, "1")));
        Assert.Equal($"{key}: no such setting, given '1'; did you mean {meant}? (test)", Assert.Single(error.Errors));
    }

    [Fact]
    public void A_key_like_no_other_is_refused_with_where_to_find_them()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(("cassandra.keyspace", "1")));
        Assert.Contains("clew serve --help", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => Read(("nothing", "1"), ("log.level", "loud"), ("log.format", null)));
        Assert.Equal(3, error.Errors.Count);
    }

    [Fact]
    public void Two_listeners_on_one_port_are_refused_and_udp_beside_tcp_is_not()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(("listen.zipkin", "0.0.0.0:4318")));
        Assert.Contains("listen.otlpHttp and listen.zipkin both ask for port 4318", Assert.Single(error.Errors), StringComparison.Ordinal);
        Read(("listen.jaegerCompact", "4318"), ("listen.query", "0"), ("listen.zipkin", "0"));
    }

    [Fact]
    public void A_request_that_could_never_be_admitted_is_refused_as_configuration()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(("ingest.inFlightBytesMax", "1MiB")));
        Assert.Contains("ingest.inFlightBytesMax", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    private static ClewOptions Read(params (string Key, string? Text)[] values) =>
        OptionsReader.Read(values.Select(value => new ConfiguredValue(value.Key, value.Text, "test"))).Options;

    private static ClewOptions? TryApply(Setting setting, string text)
    {
        try
        {
            return setting.Apply(new(), text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Option records and the batch limits nest; everything else is a value.
    private static int PropertiesOf(Type type) => type.GetProperties().Where(property => property.GetMethod!.IsStatic is false).Sum(
        property => property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) || property.PropertyType.Name == "SpanBatchLimits"
            ? PropertiesOf(property.PropertyType)
            : 1);
}
