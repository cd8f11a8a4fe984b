namespace Clew.Model;

/// <summary>Attribute keys the product itself gives meaning to. Sources: OpenTelemetry semantic conventions, Jaeger's and Zipkin's mappings.</summary>
public static class AttributeKeys
{
    public const string ServiceName = "service.name";

    /// <summary>Name of the called service when it sends no spans of its own.</summary>
    public const string PeerService = "peer.service";

    /// <summary>Kind of a link that came as an OpenTracing reference: <c>child_of</c> or <c>follows_from</c>.</summary>
    public const string OpenTracingRefType = "opentracing.ref_type";

    /// <summary>Warnings a span already carried when it arrived (Jaeger's model), as an array of strings.</summary>
    public const string JaegerWarnings = "@jaeger@warnings";

    /// <summary>Service name shown for spans whose sender named none.</summary>
    public const string UnknownService = "unknown_service";
}
