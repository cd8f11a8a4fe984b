using System.Globalization;
using Clew.Model;
using static Clew.Server.Commands.Load.Traffic.Attributes;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>
/// Attributes and events of single spans, with the cardinalities of real ones: methods and codes 10, routes and statements 10² to 10³,
/// peers 10³ to 10⁴, users 10⁵, ids of requests and messages without end.
/// </summary>
internal sealed class SpanDetails(TrafficRandom random)
{
    private const int AttributesMin = 8;
    private const int AttributesMax = 20;
    private const int Users = 200_000;
    private const int StackBytesMin = 1024;
    private const int StackBytesMax = 3072;

    private static readonly string[] Agents = [.. Enumerable.Range(0, 40).Select(i => $"Mozilla/5.0 (X11; Linux x86_64; rv:{100 + i}.0) Gecko/20100101 Firefox/{100 + i}.0")];
    private static readonly string[] Peers = [.. Enumerable.Range(0, 4096).Select(i => $"10.{i >> 10}.{(i >> 5) & 31}.{i & 31}")];
    private static readonly string[] OwnValues = [.. Enumerable.Range(0, 24).Select(i => $"value-{i}")];
    private static readonly string[] EventNames = ["cache.miss", "retry", "lock.acquired", "message.sent"];

    // Codes other than these are rare enough to be left out; most requests go well.
    private static readonly int[] GoodCodes = [200, 200, 200, 200, 200, 200, 201, 204, 304, 404];

    private readonly List<KeyValue> list = new(AttributesMax);

    public AttributeList AttributesOf(TrafficService service, TrafficOperation operation, bool failed)
    {
        list.Clear();
        list.AddRange(operation.Constant);
        switch (operation.Shape)
        {
            case OperationShape.HttpServer:
                list.Add(Text("url.path", $"/api/{service.Name}/{random.Below(Users)}"));
                list.Add(StatusCode(failed));
                list.Add(Text("user_agent.original", random.Pick(Agents)));
                list.Add(Text("client.address", random.Pick(Peers)));
                list.Add(Text("enduser.id", $"user-{random.Below(Users)}"));
                list.Add(Text("http.request.header.x-request-id", random.Uuid()));
                break;
            case OperationShape.HttpClient:
                list.Add(Text("url.full", $"https://{operation.Constant[1].Value.AsString()}/api/{random.Below(Users)}?page={random.Below(40)}"));
                list.Add(StatusCode(failed));
                list.Add(Text("network.peer.address", random.Pick(Peers)));
                break;
            case OperationShape.Database:
                list.Add(Text("network.peer.address", random.Pick(Peers)));
                list.Add(Number("db.response.returned_rows", random.Below(51)));
                break;
            case OperationShape.Publish:
            case OperationShape.Consume:
                list.Add(Text("messaging.message.id", random.Uuid()));
                list.Add(Number("messaging.message.body.size", 200 + random.Below(8000)));
                list.Add(Number("messaging.kafka.offset", random.Below(int.MaxValue)));
                break;
            default:
                list.Add(Flag("app.cached", random.Chance(0.3)));
                break;
        }
        list.Add(Number("thread.id", 1 + random.Below(64)));
        AddOwn(service);
        return new AttributeList([.. list]);
    }

    /// <summary>5 % of spans that went well have one; those that failed say why.</summary>
    public EquatableList<SpanEvent> EventsOf(TrafficService service, bool failed, long startNs, long durationNs)
    {
        if (failed)
            return new(Exception(service, startNs + durationNs));
        if (!random.Chance(0.05))
            return EquatableList<SpanEvent>.None;
        // Caught and gone on.
        if (random.Chance(0.3))
            return new(Exception(service, startNs + durationNs / 2));
        return new(new SpanEvent(startNs + durationNs / 3, random.Pick(EventNames)) { Attributes = new(Number("attempt", 1 + random.Below(3)), Text("peer", random.Pick(Peers))) });
    }

    private KeyValue StatusCode(bool failed) => Number("http.response.status_code", failed ? 500 + random.Below(5) : random.Pick(GoodCodes));

    // A service's own keys, from a random place on, so that each is on some spans and none on all.
    private void AddOwn(TrafficService service)
    {
        int count = Math.Min(Math.Max(AttributesMin - list.Count, random.Below(5)), Math.Min(service.OwnKeys.Length, AttributesMax - list.Count));
        int first = random.Below(service.OwnKeys.Length);
        for (int i = 0; i < count; i++)
            list.Add(Text(service.OwnKeys[(first + i) % service.OwnKeys.Length], random.Pick(OwnValues)));
    }

    private SpanEvent Exception(TrafficService service, long timeNs)
    {
        string type = random.Pick(service.Runtime.Exceptions);
        int bytes = StackBytesMin + random.Below(StackBytesMax - StackBytesMin);
        var stack = new System.Text.StringBuilder($"{type}: the operation did not finish\n", bytes + 256);
        while (stack.Length < bytes)
            stack.AppendFormat(CultureInfo.InvariantCulture, service.Runtime.StackLine, service.Name, OwnFunction(stack.Length), random.Below(900));
        return new SpanEvent(timeNs, "exception")
        {
            Attributes = new(
                Text("exception.type", type),
                Text("exception.message", $"the operation did not finish after {random.Below(30_000)} ms"),
                Text("exception.stacktrace", stack.ToString())),
        };
    }

    private static string OwnFunction(int depth) => (depth % 5) switch { 0 => "Load", 1 => "Apply", 2 => "Handle", 3 => "Invoke", _ => "Dispatch" };
}
