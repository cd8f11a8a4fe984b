using System.Collections;
using Clew.Server.Configuration;
using Clew.Server.Configuration.Sources;

namespace Clew.Server.Tests.Configuration;

public sealed class RabbitMqSettingsTests
{
    [Fact]
    public void Zipkin_s_variables_are_taken_and_Clew_s_own_go_before_them()
    {
        var environment = new Hashtable
        {
            ["RABBIT_ADDRESSES"] = "one:5671, two",
            ["RABBIT_QUEUE"] = "spans",
            ["RABBIT_USER"] = "reader",
            ["RABBIT_PASSWORD"] = "secret",
            ["RABBIT_VIRTUAL_HOST"] = "tracing",
            ["RABBIT_USE_SSL"] = "true",
            ["RABBIT_CONCURRENCY"] = "3",
            ["RABBIT_CONNECTION_TIMEOUT"] = "5000",
            ["RABBIT_URI"] = "",
            ["CLEW_RABBITMQ__QUEUE"] = "clew",
        };
        RabbitMqOptions options = OptionsReader.Read(ZipkinVariables.Read(environment), EnvironmentVariables.Read(environment)).Options.RabbitMq;
        Assert.Equal(
            new RabbitMqOptions
            {
                Addresses = new("one:5671", "two"),
                Queue = "clew",
                User = "reader",
                Password = "secret",
                VirtualHost = "tracing",
                Tls = true,
                Concurrency = 3,
                ConnectTimeoutMs = 5000,
            },
            options);
    }

    [Theory]
    [InlineData("amqp://user:p%40ss@broker:5672/vhost", "amqp://user:***@broker:5672/vhost")]
    [InlineData("amqps://broker/", "amqps://broker/")]
    [InlineData("amqp://user@broker:5672", "amqp://user@broker:5672")]
    public void Passwords_are_not_shown(string uri, string shown)
    {
        EffectiveOptions effective = OptionsReader.Read([[new("rabbitMq.uri", uri, "test"), new("rabbitMq.password", "secret", "test")]]);
        Assert.Equal(uri, effective.Options.RabbitMq.Uri);
        Assert.Equal(shown, Text("rabbitMq.uri"));
        Assert.Equal("***", Text("rabbitMq.password"));

        string Text(string key) => effective.Settings.Single(setting => setting.Setting.Key == key).Text;
    }

    [Theory]
    [InlineData("rabbitMq.uri", "http://user:secret@broker")]
    [InlineData("rabbitMq.uri", "amqp://user:secret@broker/a/b")]
    [InlineData("rabbitMq.addresses", "broker:0")]
    [InlineData("rabbitMq.addresses", "broker:5672,:5672")]
    [InlineData("rabbitMq.queue", "")]
    public void What_names_no_broker_or_queue_is_refused_without_repeating_secrets(string key, string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => OptionsReader.Read([[new(key, text, "test")]]));
        Assert.StartsWith(key, Assert.Single(error.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_uri_and_addresses_together_are_refused() => Assert.Throws<ConfigurationException>(() =>
        OptionsReader.Read([[new("rabbitMq.uri", "amqp://one", "test"), new("rabbitMq.addresses", "two", "test")]]));
}
