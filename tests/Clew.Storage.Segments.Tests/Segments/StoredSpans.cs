using System.Net;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

/// <summary>
/// The spans of the segment files under <c>tests/fixtures/segments</c>: the same whenever they are made, and such that every kind of column occurs. Files that were written
/// are read forever, so nothing here is ever changed: what is to be added gets a file of its own.
/// </summary>
internal static class StoredSpans
{
    public static Span[] Make()
    {
        var random = new Random(20261120);
        var spans = new List<Span>();
        for (int trace = 0; trace < 90; trace++)
        {
            var id = new TraceId(trace % 5 == 0 ? 0 : (ulong)random.NextInt64(), (ulong)random.NextInt64() << 1);
            long startNs = trace == 7 ? 0 : SpanGen.BaseNs + trace * 50_000_000L;
            int first = spans.Count, count = trace == 3 ? 300 : random.Next(1, 16);
            for (int i = 0; i < count; i++)
                spans.Add(One(random, id, startNs, i == 0 ? default : spans[first + random.Next(i)].SpanId, spans.Count));
        }
        return [.. spans];
    }

    private static Span One(Random random, TraceId trace, long startNs, SpanId parent, int number)
    {
        int kind = random.Next(6);
        bool isError = random.Next(20) == 0;
        return new Span
        {
            TraceId = trace,
            SpanId = new SpanId((ulong)random.NextInt64() + 1),
            ParentSpanId = random.Next(50) == 0 ? new SpanId(77) : parent,
            Name = $"GET /things/{kind}",
            Kind = (SpanKind)kind,
            StartNs = startNs == 0 ? 0 : startNs + (parent.IsZero ? 0 : random.NextInt64(1L << random.Next(10, 40))),
            DurationNs = (1L << random.Next(8, 38)) + random.NextInt64(1L << random.Next(8, 38)),
            Status = isError ? StatusCode.Error : StatusCode.Unset,
            StatusMessage = isError ? $"failed {random.Next(3)}" : "",
            TraceState = random.Next(30) == 0 ? "vendor=1" : "",
            Flags = random.Next(4) == 0 ? 0x301u : 1u,
            Traits = random.Next(25) == 0 ? SpanTraits.Shared : default,
            Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From($"service {kind}")), new KeyValue("host.id", AttributeValue.From((long)kind)))) { SchemaUrl = "https://example.com/1" },
            Scope = new Scope($"scope {kind % 2}", "1.0") { DroppedAttributesCount = 1 },
            Attributes = new AttributeList([.. Attributes(random, kind, number)]),
            Events = new EquatableList<SpanEvent>([.. Enumerable.Range(0, random.Next(6) == 0 ? random.Next(1, 4) : 0).Select(i => Event(random, startNs, i))]),
            Links = new EquatableList<SpanLink>([.. Enumerable.Range(0, random.Next(12) == 0 ? 1 : 0).Select(_ => Link(random))]),
            DroppedAttributesCount = random.Next(40) == 0 ? 3u : 0,
            DroppedEventsCount = random.Next(40) == 0 ? 4u : 0,
            DroppedLinksCount = random.Next(40) == 0 ? 5u : 0,
            LocalEndpoint = kind == 1 ? new Endpoint($"local {kind}", IPAddress.Parse("10.1.2.3"), null, 80) : null,
            RemoteEndpoint = kind == 2 ? new Endpoint(null, null, IPAddress.Parse("2001:db8::1"), (ushort)random.Next(1, 3)) : null,
        };
    }

    private static IEnumerable<KeyValue> Attributes(Random random, int kind, int number)
    {
        yield return new KeyValue("uuid", AttributeValue.From(new Guid(RandomCases.Bytes(random, 16)).ToString()));
        yield return new KeyValue("sequence", AttributeValue.From(number * 1_000_000_007L + (number & 1)));
        yield return new KeyValue("wide", AttributeValue.From(random.NextInt64(long.MinValue, long.MaxValue)));
        yield return new KeyValue("constant", AttributeValue.From("always"));
        if (kind % 2 == 0)
        {
            // Columns that stand on the same rows.
            yield return new KeyValue("http.method", AttributeValue.From("GET"));
            yield return new KeyValue("http.status", AttributeValue.From((long)(random.Next(9) == 0 ? 500 : 200)));
            yield return new KeyValue("http.url", AttributeValue.From($"https://example.com/things/{random.Next(100_000)}?page={random.Next(10)}"));
        }
        if (kind == 3)
        {
            yield return new KeyValue("hex", AttributeValue.From(Convert.ToHexStringLower(RandomCases.Bytes(random, 8))));
            yield return new KeyValue("decimal", AttributeValue.From((random.Next() * 31L).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            yield return new KeyValue("ratio", AttributeValue.From(random.NextDouble()));
            yield return new KeyValue("whole", AttributeValue.From((double)random.Next(1000)));
        }
        if (kind == 4)
        {
            yield return new KeyValue("mixed", random.Next(3) switch { 0 => AttributeValue.From(1L), 1 => AttributeValue.From("one"), _ => AttributeValue.Empty });
            yield return new KeyValue("flag", AttributeValue.From(random.Next(2) == 0));
            yield return new KeyValue("bytes", AttributeValue.From(RandomCases.Bytes(random, 3).AsMemory()));
            yield return new KeyValue("twice", AttributeValue.From(1L));
            yield return new KeyValue("twice", AttributeValue.From("second"));
            yield return new KeyValue("list", AttributeValue.FromArray(AttributeValue.From(random.Next(9)), AttributeValue.From(true)));
            yield return new KeyValue("map", AttributeValue.FromKeyValues(new AttributeList(new KeyValue("inner", AttributeValue.From(0.5)))));
        }
        if (number % 100 == 0)
            yield return new KeyValue("rare", AttributeValue.From((long)random.Next(5)));
        // More often than there are columns for one key: the last go to the row's rest.
        for (int i = 0; number == 211 && i < 40; i++)
            yield return new KeyValue("repeated", AttributeValue.From((long)i));
    }

    private static SpanEvent Event(Random random, long startNs, int number) => new(startNs + random.Next(1_000_000), number == 0 ? "exception" : "log")
    {
        Attributes = new AttributeList(new KeyValue("exception.type", AttributeValue.From($"Error {random.Next(4)}")), new KeyValue("line", AttributeValue.From((long)random.Next(1 << 20)))),
        DroppedAttributesCount = (uint)random.Next(2),
    };

    private static SpanLink Link(Random random) => new(new TraceId(1, (ulong)random.Next(100) + 1), new SpanId((ulong)random.Next(100) + 1))
    {
        TraceState = "linked=1",
        Flags = 1,
        Attributes = new AttributeList(new KeyValue("messaging.system", AttributeValue.From("queue"))),
    };
}
