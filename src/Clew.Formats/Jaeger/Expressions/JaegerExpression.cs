namespace Clew.Formats.Jaeger;

/// <summary>A node of a structured filter (jaeger-idl, <c>expression/v1/expression.proto</c>; Jaeger RFC 0005), as it was sent: nothing is checked yet.</summary>
public abstract record JaegerExpression
{
    private JaegerExpression()
    {
    }

    /// <summary>An attribute by its key. An empty level means the span's or the resource's.</summary>
    public sealed record Attribute(string Key, string Level) : JaegerExpression;

    /// <summary>A built-in field of a level.</summary>
    public sealed record Field(string Name, string Level) : JaegerExpression;

    /// <summary>The events or links of a span.</summary>
    public sealed record Nested(string Level) : JaegerExpression;

    /// <summary>One constant; the type is empty or one of <c>string int double bool</c>.</summary>
    public sealed record Scalar(string Value, string Type) : JaegerExpression;

    /// <summary>Constants of one type, as in <see cref="Scalar"/>.</summary>
    public sealed record List(IReadOnlyList<string> Values, string Type) : JaegerExpression;

    /// <summary>An operator and its operands.</summary>
    public sealed record Call(string Operator, IReadOnlyList<JaegerExpression> Operands) : JaegerExpression;

    /// <summary>A node that says nothing.</summary>
    public sealed record Empty : JaegerExpression;
}
