namespace Clew.Model;

/// <summary>Role of a span in a call; numbers as in OTLP's <c>Span.SpanKind</c>. Unknown numbers become <see cref="Unspecified"/>.</summary>
public enum SpanKind : byte
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
