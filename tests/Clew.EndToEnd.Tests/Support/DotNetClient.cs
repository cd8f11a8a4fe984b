using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>The OpenTelemetry .NET SDK with its OTLP exporter: the same checkout trace as the other clients send, of two services.</summary>
internal static class DotNetClient
{
    public static SentTrace Send(OtlpExportProtocol protocol, string target, string prefix)
    {
        using var shop = new ActivitySource($"{prefix}-shop");
        using var orders = new ActivitySource($"{prefix}-orders");
        using TracerProvider shopProvider = ProviderOf(shop.Name, protocol, target);
        using TracerProvider ordersProvider = ProviderOf(orders.Name, protocol, target);
        var sent = new List<SentSpan>();
        Activity.Current = null;
        using Activity root = Start(shop, "POST /checkout", ActivityKind.Server, sent);
        root.SetTag("run", prefix).SetTag("cart.total", 42.5).SetTag("cart.vip", true).SetTag("note", "Grüße – 東京");
        using Activity call = Start(shop, "call orders", ActivityKind.Client, sent);
        using Activity place = Start(orders, "place order", ActivityKind.Server, sent);
        using Activity charge = Start(orders, "charge card", ActivityKind.Internal, sent);
        charge.AddException(new InvalidOperationException("no funds"));
        charge.SetStatus(ActivityStatusCode.Error, "declined");
        sent[^1] = sent[^1] with { Error = true };
        foreach (Activity activity in new[] { charge, place, call, root })
            activity.Stop();
        foreach (TracerProvider provider in new[] { shopProvider, ordersProvider })
            Assert.True(provider.ForceFlush(10_000));
        return new SentTrace(sent[0].TraceId, [.. sent], new SentTag("run", prefix));
    }

    private static Activity Start(ActivitySource source, string name, ActivityKind kind, List<SentSpan> sent)
    {
        Activity activity = source.StartActivity(name, kind)!;
        string? parentId = sent.Count == 0 ? null : activity.ParentSpanId.ToHexString();
        sent.Add(new SentSpan(source.Name, name, kind.ToString().ToLowerInvariant(), activity.TraceId.ToHexString(), activity.SpanId.ToHexString(), parentId, Error: false, Shared: false));
        return activity;
    }

    private static TracerProvider ProviderOf(string service, OtlpExportProtocol protocol, string target) => Sdk.CreateTracerProviderBuilder()
        .AddSource(service)
        .ConfigureResource(resource => resource.Clear().AddService(service, serviceVersion: "2.4.1"))
        .AddOtlpExporter(options =>
        {
            options.Protocol = protocol;
            options.Endpoint = new Uri(protocol == OtlpExportProtocol.Grpc ? $"http://{target}" : $"http://{target}/v1/traces");
        })
        .Build();
}
