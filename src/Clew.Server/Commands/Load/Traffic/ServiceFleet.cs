using Clew.Model;
using static Clew.Server.Commands.Load.Traffic.Attributes;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>Makes services that look like those of a shop: 10 to 50 operations and one to four processes each.</summary>
internal static class ServiceFleet
{
    private const int ProcessesMax = 4;
    private const int OwnKeysMin = 6;

    private static readonly string[] Names =
    [
        "frontend", "cart", "checkout", "catalogue", "payment", "shipping", "inventory", "recommendation", "currency", "email", "search", "review",
        "account", "identity", "pricing", "promotion", "tax", "fraud", "order", "fulfilment", "warehouse", "notification", "ad", "image", "wishlist",
        "loyalty", "invoice", "refund", "ledger", "audit", "session", "gateway", "quote", "supplier", "returns", "delivery", "geo", "media", "feed", "report",
    ];

    private static readonly string[] Nouns = ["items", "orders", "users", "prices", "carts", "sessions", "payments", "shipments", "reviews", "products"];
    private static readonly string[] Verbs = ["load", "validate", "render", "apply", "merge", "resolve", "serialize", "authorize"];
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Tables = ["items", "orders", "users", "prices", "carts", "sessions"];
    private static readonly string[] OwnWords = ["tenant", "region", "tier", "variant", "feature", "source", "channel", "bucket", "strategy", "mode"];

    public static TrafficService[] Create(int count, TrafficRandom random)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => i < Names.Length ? Names[i] : $"{Names[i % Names.Length]}-{i / Names.Length + 1}")];
        return [.. names.Select(name => Service(name, names, random))];
    }

    private static TrafficService Service(string name, string[] names, TrafficRandom random)
    {
        Runtime runtime = random.Pick(Runtime.All);
        Resource[] processes = [.. Enumerable.Range(0, 1 + random.Below(ProcessesMax)).Select(_ => Process.Create(name, runtime, random))];
        var operations = new Dictionary<OperationShape, TrafficOperation[]>
        {
            [OperationShape.HttpServer] = Many(3, 14, () => HttpServer(name, runtime, random)),
            [OperationShape.HttpClient] = Many(2, 10, () => HttpClient(random.Pick(names), runtime, random)),
            [OperationShape.Database] = Many(3, 16, () => Database(name, runtime, random)),
            [OperationShape.Publish] = Many(1, 2, () => Messaging(OperationShape.Publish, name, runtime, random)),
            [OperationShape.Consume] = Many(1, 2, () => Messaging(OperationShape.Consume, name, runtime, random)),
            [OperationShape.Internal] = Many(1, 6, () => Internal(name, runtime, random)),
        };
        string[] ownKeys = [.. OwnWords.Take(OwnKeysMin + random.Below(OwnWords.Length - OwnKeysMin + 1)).Select(word => $"app.{name}.{word}")];
        return new TrafficService(name, runtime, processes, operations, ownKeys);

        TrafficOperation[] Many(int min, int max, Func<TrafficOperation> make) => [.. Enumerable.Range(0, min + random.Below(max - min + 1)).Select(_ => make())];
    }

    private static TrafficOperation HttpServer(string service, Runtime runtime, TrafficRandom random)
    {
        string method = random.Pick(Methods);
        string route = $"/api/{service}/{{id}}/{random.Pick(Nouns)}";
        return new(OperationShape.HttpServer, $"{method} {route}", runtime.HttpServer,
        [
            Text("http.request.method", method),
            Text("http.route", route),
            Text("url.scheme", "https"),
            Text("server.address", $"{service}.shop.example"),
            Number("server.port", 8443),
            Text("network.protocol.version", "1.1"),
        ], MedianNs: 12e6);
    }

    private static TrafficOperation HttpClient(string callee, Runtime runtime, TrafficRandom random)
    {
        string method = random.Pick(Methods);
        return new(OperationShape.HttpClient, method, runtime.HttpClient,
        [
            Text("http.request.method", method),
            Text("server.address", $"{callee}.shop.svc.cluster.local"),
            Number("server.port", 8443),
            Text("network.protocol.version", "2"),
            Text("url.scheme", "https"),
        ], MedianNs: 8e6);
    }

    private static TrafficOperation Database(string service, Runtime runtime, TrafficRandom random)
    {
        string table = $"{service}_{random.Pick(Tables)}";
        string column = random.Pick(Nouns);
        string verb = random.Pick<string>(["SELECT", "SELECT", "SELECT", "INSERT", "UPDATE"]);
        string statement = verb switch
        {
            "SELECT" => $"SELECT id, {column}, updated_at FROM {table} WHERE user_id = $1 AND {column} > $2 ORDER BY updated_at LIMIT 50",
            "INSERT" => $"INSERT INTO {table} (id, user_id, {column}) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
            _ => $"UPDATE {table} SET {column} = $1, updated_at = now() WHERE id = $2",
        };
        return new(OperationShape.Database, $"{verb} shop.{table}", runtime.Database,
        [
            Text("db.system.name", "postgresql"),
            Text("db.namespace", "shop"),
            Text("db.operation.name", verb),
            Text("db.collection.name", table),
            Text("db.query.text", statement),
            Text("server.address", "postgres-primary.shop.example"),
            Number("server.port", 5432),
        ], MedianNs: 1.5e6);
    }

    private static TrafficOperation Messaging(OperationShape shape, string service, Runtime runtime, TrafficRandom random)
    {
        string verb = shape == OperationShape.Publish ? "send" : "process";
        string topic = $"shop.{random.Pick(Nouns)}.v1";
        return new(shape, $"{verb} {topic}", runtime.Messaging,
        [
            Text("messaging.system", "kafka"),
            Text("messaging.destination.name", topic),
            Text("messaging.operation.type", verb),
            Text("messaging.client.id", $"{service}-{random.Below(8)}"),
            Text("server.address", "kafka.shop.example"),
        ], MedianNs: 2e6);
    }

    private static TrafficOperation Internal(string service, Runtime runtime, TrafficRandom random)
    {
        string verb = random.Pick(Verbs);
        string noun = random.Pick(Nouns);
        return new(OperationShape.Internal, $"{verb} {noun}", runtime.Own,
        [
            Text("code.function.name", $"shop.{service}.{noun}.{verb}"),
            Text("code.file.path", $"src/{service}/{noun}.{runtime.FileExtension}"),
            Number("code.line.number", 10 + random.Below(900)),
        ], MedianNs: 0.3e6);
    }
}
