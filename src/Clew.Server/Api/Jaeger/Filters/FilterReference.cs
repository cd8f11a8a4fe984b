using System.Globalization;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Query;
using Clew.Server.Api.Jaeger.V3;

namespace Clew.Server.Api.Jaeger.Filters;

/// <summary>
/// What a filter looks at: one or two fields of ours, and how a constant beside it is read (Jaeger RFC 0005 §5.1, §5.2, §5.4). Without a level an attribute is
/// the span's or the resource's.
/// </summary>
/// <param name="Level">Where it stands.</param>
/// <param name="Fields">Any of them may answer.</param>
/// <param name="IsText">It holds text: regular expressions are about nothing else.</param>
/// <param name="IsOrdered">More and less mean something.</param>
/// <param name="Constant">From a constant to what it is compared with; a FormatException says what is wrong with it.</param>
internal sealed record FilterReference(
    string Level, IReadOnlyList<QueryField> Fields, bool IsText, bool IsOrdered, Func<JaegerExpression.Scalar, FilterConstant> Constant)
{
    /// <exception cref="FormatException">No such level or field.</exception>
    public static FilterReference Of(JaegerExpression reference) => reference switch
    {
        JaegerExpression.Attribute { Key.Length: > 0 } attribute =>
            new(attribute.Level, [.. Scopes(attribute.Level).Select(scope => new QueryField.Attribute(scope, attribute.Key))], IsText: true, IsOrdered: true, FilterConstant.OfAttribute),
        JaegerExpression.Attribute => throw new FormatException("an attribute needs a key"),
        JaegerExpression.Field field => Of(field),
        _ => throw new FormatException("an attribute or a field is expected"),
    };

    private static FilterReference Of(JaegerExpression.Field field) => (field.Level, field.Name) switch
    {
        ("span", "traceID") => Id(field.Level, IntrinsicField.TraceId, static text => TraceIdText.TryParse(text, out TraceId id) ? id.ToString() : null),
        ("span", "spanID") => Id(field.Level, IntrinsicField.SpanId, SpanIdText),
        ("span", "parentSpanID") => Id(field.Level, IntrinsicField.ParentSpanId, SpanIdText),
        ("link", "traceID") => Id(field.Level, IntrinsicField.LinkTraceId, static text => TraceIdText.TryParse(text, out TraceId id) ? id.ToString() : null),
        ("link", "spanID") => Id(field.Level, IntrinsicField.LinkSpanId, SpanIdText),
        ("span", "name") => Text(field.Level, IntrinsicField.Name),
        ("span", "statusMessage") => Text(field.Level, IntrinsicField.StatusMessage),
        ("resource", "service") => Text(field.Level, IntrinsicField.ServiceName),
        ("scope", "name") => Text(field.Level, IntrinsicField.ScopeName),
        ("scope", "version") => Text(field.Level, IntrinsicField.ScopeVersion),
        ("event", "name") => Text(field.Level, IntrinsicField.EventName),
        ("span", "kind") => Word(field.Level, IntrinsicField.Kind),
        ("span", "status") => Word(field.Level, IntrinsicField.Status),
        ("span", "duration") => Number(field.Level, IntrinsicField.DurationNs, GoDuration.ParseNs),
        ("span", "startTime") => Number(field.Level, IntrinsicField.StartNs, Rfc3339.ParseNs),
        ("span", "traceState" or "endTime") or ("resource" or "scope", "schemaURL") or ("event", "time" or "timeSinceStart") or ("link", "traceState") =>
            throw new FormatException($"the field {field.Level}.{field.Name} is not supported"),
        _ => throw new FormatException($"there is no field {GoText.Quote(field.Name)} of {GoText.Quote(field.Level)}"),
    };

    private static AttributeScope[] Scopes(string level) => level switch
    {
        "" => [AttributeScope.Span, AttributeScope.Resource],
        "span" => [AttributeScope.Span],
        "resource" => [AttributeScope.Resource],
        "scope" => [AttributeScope.Scope],
        "event" => [AttributeScope.Event],
        "link" => [AttributeScope.Link],
        _ => throw new FormatException($"there is no level {GoText.Quote(level)}; levels are span, resource, scope, event, link"),
    };

    private static FilterReference Text(string level, IntrinsicField field) =>
        new(level, [new QueryField.Intrinsic(field)], IsText: true, IsOrdered: true, static constant => FilterConstant.OfText(constant, static text => text));

    // Kind and status: nothing comes before or after "server".
    private static FilterReference Word(string level, IntrinsicField field) =>
        new(level, [new QueryField.Intrinsic(field)], IsText: true, IsOrdered: false, static constant => FilterConstant.OfText(constant, static text => text.ToLowerInvariant()));

    private static FilterReference Id(string level, IntrinsicField field, Func<string, string?> normalize) =>
        new(level, [new QueryField.Intrinsic(field)], IsText: false, IsOrdered: false, constant => FilterConstant.OfText(
            constant, text => normalize(text) ?? throw new FormatException($"{GoText.Quote(text)} is not an id")));

    private static FilterReference Number(string level, IntrinsicField field, Func<string, long> parse) =>
        new(level, [new QueryField.Intrinsic(field)], IsText: false, IsOrdered: true, constant => FilterConstant.OfNumber(constant, parse));

    private static string? SpanIdText(string text) => SpanId.TryParse(text, out SpanId id) ? id.ToString() : null;
}

/// <summary>What a reference is compared with.</summary>
/// <param name="Value">The literal.</param>
/// <param name="AsText">Compared by the form as text, whatever the type of what is found.</param>
internal readonly record struct FilterConstant(AttributeValue Value, bool AsText)
{
    /// <summary>Beside an attribute a type that is given counts; without one, values of every type are compared.</summary>
    public static FilterConstant OfAttribute(JaegerExpression.Scalar constant) => constant.Type switch
    {
        "" => new FilterConstant(AttributeValue.From(constant.Value), AsText: true),
        "string" => new FilterConstant(AttributeValue.From(constant.Value), AsText: false),
        "int" when long.TryParse(constant.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => new FilterConstant(AttributeValue.From(number), AsText: false),
        "double" when double.TryParse(constant.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => new FilterConstant(AttributeValue.From(number), AsText: false),
        "bool" when constant.Value is "true" or "false" => new FilterConstant(AttributeValue.From(constant.Value == "true"), AsText: false),
        "int" or "double" or "bool" => throw new FormatException($"{GoText.Quote(constant.Value)} is no {constant.Type}"),
        _ => throw new FormatException($"there is no type {GoText.Quote(constant.Type)}; types are string, int, double, bool"),
    };

    public static FilterConstant OfText(JaegerExpression.Scalar constant, Func<string, string> normalize) => constant.Type is "" or "string"
        ? new FilterConstant(AttributeValue.From(normalize(constant.Value)), AsText: false)
        : throw new FormatException($"a constant of type {constant.Type} cannot be compared with text");

    public static FilterConstant OfNumber(JaegerExpression.Scalar constant, Func<string, long> parse) => constant.Type.Length == 0
        ? new FilterConstant(AttributeValue.From(parse(constant.Value)), AsText: false)
        : throw new FormatException($"durations and times are written without a type, not as {constant.Type}");
}
