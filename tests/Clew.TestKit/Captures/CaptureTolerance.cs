namespace Clew.TestKit.Captures;

/// <summary>What a format does to spans on their way, so that a comparison allows for it and for nothing else. The default is OTLP's: nothing.</summary>
public sealed record CaptureTolerance
{
    /// <summary>Microseconds by which starts, durations and event times may differ: 1 for clients that round.</summary>
    public long TimeUs { get; init; }

    /// <summary>Attributes the expectation lists although they travel as fields (or not at all).</summary>
    public IReadOnlySet<string> AttributesElsewhere { get; init; } = new HashSet<string>();

    /// <summary>Attributes a span may have that the expectation does not list.</summary>
    public Predicate<string> MayAdd { get; init; } = static _ => false;

    /// <summary>Fields of events the expectation lists although the decoder makes something else of them.</summary>
    public IReadOnlySet<string> EventAttributesElsewhere { get; init; } = new HashSet<string>();

    /// <summary>The format carries texts only: attribute types are not compared.</summary>
    public bool TypesLost { get; init; }

    /// <summary>The client lower-cases span and service names.</summary>
    public bool CaseLost { get; init; }

    /// <summary>The format does not tell <c>internal</c> from unspecified.</summary>
    public bool InternalKindLost { get; init; }

    /// <summary>The client does not send a service name.</summary>
    public bool ServiceNameLost { get; init; }

    public bool StatusMessageLost { get; init; }

    /// <summary>The format marks errors in a way the expectation does not tell apart.</summary>
    public bool StatusLost { get; init; }

    public bool EventsLost { get; init; }

    public bool LinksLost { get; init; }
}
