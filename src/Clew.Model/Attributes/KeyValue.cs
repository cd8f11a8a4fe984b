namespace Clew.Model;

/// <summary>One attribute: OTLP's KeyValue, Jaeger's tag or log field, Zipkin's tag.</summary>
public readonly record struct KeyValue(string Key, AttributeValue Value)
{
    public override string ToString() => $"{Key}={Value}";
}
