using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerJsonGoldenTests
{
    [Fact]
    public void A_trace_with_everything_Jaeger_shows_is_written_as_Jaeger_writes_it()
    {
        TraceId traceId = TraceId.Parse("0af7651916cd43dd8448eb211c80319c");
        SpanId root = SpanId.Parse("b7ad6b7169203331");
        var web = new Resource(Attributes(("service.name", "web"), ("host.name", "n1")));
        Span checkout = new()
        {
            TraceId = traceId,
            SpanId = root,
            Flags = 1,
            Name = "GET /checkout",
            Kind = SpanKind.Server,
            StartNs = 1754300000000000_999,
            DurationNs = 250000_999,
            Status = StatusCode.Error,
            StatusMessage = "no stock",
            TraceState = "vendor=1",
            Resource = web,
            Scope = new Scope("shop.http", "1.4"),
            Attributes = new AttributeList(
                new KeyValue("http.status_code", AttributeValue.From(500)),
                new KeyValue("load", AttributeValue.From(0.75)),
                new KeyValue("big", AttributeValue.From(9007199254740993)),
                new KeyValue("blob", AttributeValue.From(new byte[] { 0, 1, 2 })),
                new KeyValue("ids", AttributeValue.FromArray(AttributeValue.From(1), AttributeValue.From("b")))),
            Events = new EquatableList<SpanEvent>(new SpanEvent(1754300000001500_000, "exception")
            {
                Attributes = Attributes(("exception.message", "boom")),
            }),
        };
        Span reserve = new()
        {
            TraceId = traceId,
            SpanId = SpanId.Parse("00f067aa0ba902b7"),
            ParentSpanId = root,
            Name = "reserve",
            StartNs = 1754300000010000_000,
            DurationNs = 90000_000,
            Traits = SpanTraits.Debug | SpanTraits.Firehose,
            Resource = new Resource(Attributes(("service.name", "stock"))),
            Attributes = new AttributeList(new KeyValue("@jaeger@warnings", AttributeValue.FromArray(AttributeValue.From("clock skew of -3ms")))),
            Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(1, 2), new SpanId(3))),
        };
        Span sameProcess = new()
        {
            TraceId = traceId,
            SpanId = new SpanId(7),
            ParentSpanId = root,
            StartNs = 1754300000020000_000,
            Resource = new Resource(Attributes(("host.name", "n1"), ("service.name", "web"))),
        };

        Assert.Equal(Golden, JaegerJson.Text(checkout, reserve, sameProcess));
    }

    private const string Golden = """
        {
          "traceID": "0af7651916cd43dd8448eb211c80319c",
          "spans": [
            {
              "traceID": "0af7651916cd43dd8448eb211c80319c",
              "spanID": "b7ad6b7169203331",
              "flags": 1,
              "operationName": "GET /checkout",
              "references": [],
              "startTime": 1754300000000000,
              "duration": 250000,
              "tags": [
                {
                  "key": "otel.scope.name",
                  "type": "string",
                  "value": "shop.http"
                },
                {
                  "key": "otel.scope.version",
                  "type": "string",
                  "value": "1.4"
                },
                {
                  "key": "http.status_code",
                  "type": "int64",
                  "value": 500
                },
                {
                  "key": "load",
                  "type": "float64",
                  "value": 0.75
                },
                {
                  "key": "big",
                  "type": "int64",
                  "value": "9007199254740993"
                },
                {
                  "key": "blob",
                  "type": "binary",
                  "value": "AAEC"
                },
                {
                  "key": "ids",
                  "type": "string",
                  "value": "[1,\u0022b\u0022]"
                },
                {
                  "key": "span.kind",
                  "type": "string",
                  "value": "server"
                },
                {
                  "key": "otel.status_code",
                  "type": "string",
                  "value": "ERROR"
                },
                {
                  "key": "error",
                  "type": "bool",
                  "value": true
                },
                {
                  "key": "otel.status_description",
                  "type": "string",
                  "value": "no stock"
                },
                {
                  "key": "w3c.tracestate",
                  "type": "string",
                  "value": "vendor=1"
                }
              ],
              "logs": [
                {
                  "timestamp": 1754300000001500,
                  "fields": [
                    {
                      "key": "event",
                      "type": "string",
                      "value": "exception"
                    },
                    {
                      "key": "exception.message",
                      "type": "string",
                      "value": "boom"
                    }
                  ]
                }
              ],
              "processID": "p1",
              "warnings": null
            },
            {
              "traceID": "0af7651916cd43dd8448eb211c80319c",
              "spanID": "00f067aa0ba902b7",
              "flags": 10,
              "operationName": "reserve",
              "references": [
                {
                  "refType": "CHILD_OF",
                  "traceID": "0af7651916cd43dd8448eb211c80319c",
                  "spanID": "b7ad6b7169203331"
                },
                {
                  "refType": "FOLLOWS_FROM",
                  "traceID": "00000000000000010000000000000002",
                  "spanID": "0000000000000003"
                }
              ],
              "startTime": 1754300000010000,
              "duration": 90000,
              "tags": [],
              "logs": [],
              "processID": "p2",
              "warnings": [
                "clock skew of -3ms"
              ]
            },
            {
              "traceID": "0af7651916cd43dd8448eb211c80319c",
              "spanID": "0000000000000007",
              "operationName": "",
              "references": [
                {
                  "refType": "CHILD_OF",
                  "traceID": "0af7651916cd43dd8448eb211c80319c",
                  "spanID": "b7ad6b7169203331"
                }
              ],
              "startTime": 1754300000020000,
              "duration": 0,
              "tags": [],
              "logs": [],
              "processID": "p1",
              "warnings": null
            }
          ],
          "processes": {
            "p1": {
              "serviceName": "web",
              "tags": [
                {
                  "key": "host.name",
                  "type": "string",
                  "value": "n1"
                }
              ]
            },
            "p2": {
              "serviceName": "stock",
              "tags": []
            }
          },
          "warnings": null
        }
        """;

    private static AttributeList Attributes(params (string Key, string Value)[] items) =>
        new([.. items.Select(item => new KeyValue(item.Key, AttributeValue.From(item.Value)))]);
}
