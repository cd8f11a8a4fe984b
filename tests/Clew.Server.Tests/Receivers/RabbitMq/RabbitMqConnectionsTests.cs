using System.Net.Security;
using Clew.Server.Configuration;
using Clew.Server.Receivers.RabbitMq;
using RabbitMQ.Client;

namespace Clew.Server.Tests.Receivers.RabbitMq;

public sealed class RabbitMqConnectionsTests
{
    [Fact]
    public void A_certificate_has_to_be_that_of_the_broker_asked_for()
    {
        foreach (RabbitMqOptions options in (RabbitMqOptions[])[new() { Uri = "amqps://broker.example/tracing" }, new() { Addresses = new("broker.example"), Tls = true }])
        {
            var connections = new RabbitMqConnections(options);
            AmqpTcpEndpoint endpoint = Assert.Single(connections.EndPoints);
            Assert.True(endpoint.Ssl.Enabled);
            Assert.Equal(("broker.example", SslPolicyErrors.None), (endpoint.Ssl.ServerName, endpoint.Ssl.AcceptablePolicyErrors));
            Assert.Equal("broker.example:5671", connections.Described);
        }
    }

    [Fact]
    public void Addresses_are_tried_in_their_order_with_the_protocol_s_port_where_none_is_given()
    {
        var connections = new RabbitMqConnections(new() { Addresses = new("one:1234", "two", "[::1]:5", "[::1]") });
        Assert.Equal("one:1234, two:5672, [::1]:5, [::1]:5672", connections.Described);
        Assert.DoesNotContain(connections.EndPoints, endpoint => endpoint.Ssl.Enabled);
    }
}
