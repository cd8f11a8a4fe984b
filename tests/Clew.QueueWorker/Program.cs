using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

// A program with a queue, for the end-to-end tests: takes one message, exports its spans and ends.
//   Clew.QueueWorker AMQP-URI QUEUE ZIPKIN-URI
using var source = new ActivitySource("QueueWorker");
using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
    .ConfigureResource(resource => resource.Clear().AddService("mq-consumer", autoGenerateServiceInstanceId: false))
    .AddSource(source.Name)
    .AddClewMessagingInstrumentation()
    .AddClewZipkinExporter(options => options.Endpoint = new Uri(args[2]))
    .Build();

var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
await using IConnection connection = await new ConnectionFactory { Uri = new Uri(args[0]) }.CreateConnectionAsync();
await using IChannel channel = await connection.CreateChannelAsync();
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, _) =>
{
    Activity.Current!.DisplayName = "mq_consumer_msg";
    source.StartActivity("store")?.Dispose();
    handled.TrySetResult();
    return Task.CompletedTask;
};
string tag = await channel.BasicConsumeAsync(args[1], autoAck: true, consumer);
await handled.Task;
// The span of the message ends when its handler has returned; cancelling waits for that.
await channel.BasicCancelAsync(tag);
await channel.CloseAsync();
