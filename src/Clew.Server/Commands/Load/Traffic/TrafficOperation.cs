using Clew.Model;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>What a span stands for; decides its kind, its attributes and what can be below it.</summary>
internal enum OperationShape
{
    HttpServer,
    HttpClient,
    Database,
    Publish,
    Consume,
    Internal,
}

/// <summary>Something a service does again and again.</summary>
/// <param name="Shape">What it is.</param>
/// <param name="Name">The span name.</param>
/// <param name="Scope">The library that records it.</param>
/// <param name="Constant">Attributes that every span of it has with the same values.</param>
/// <param name="MedianNs">Half of its spans take less.</param>
internal sealed record TrafficOperation(OperationShape Shape, string Name, Scope Scope, KeyValue[] Constant, double MedianNs)
{
    public SpanKind Kind => Shape switch
    {
        OperationShape.HttpServer => SpanKind.Server,
        OperationShape.HttpClient or OperationShape.Database => SpanKind.Client,
        OperationShape.Publish => SpanKind.Producer,
        OperationShape.Consume => SpanKind.Consumer,
        _ => SpanKind.Internal,
    };
}
