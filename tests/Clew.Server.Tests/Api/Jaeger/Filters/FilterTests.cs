using System.Text;
using Clew.Model;
using Clew.Query;
using Clew.Server.Api.Jaeger.Filters;
using Clew.TestKit;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.Filters;

/// <summary>What the structured filters of Jaeger's RFC 0005 find.</summary>
public sealed class FilterTests
{
    // 2026-11-18T11:06:40Z, 1.5 ms.
    private static readonly Span Subject = (Span(1, 2, parent: 3, durationUs: 1500) with
    {
        Kind = SpanKind.Server,
        Status = StatusCode.Error,
        StatusMessage = "sold out",
        Scope = new Scope("lib", "1.2") { Attributes = Attributes(("key", "scope")) },
        Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(0, 7), new SpanId(8)) { Attributes = Attributes(("why", "retry")) }),
    }).With(("http.status", 500), ("size", 9), ("text", "one two"), ("flag", true), ("both", "span")).WithResource(("host", "n1"), ("both", "resource")).WithEvent("exception", ("type", "Boom"));

    [Theory]
    [InlineData("eq", "A:http.status:", "S:500", true)]
    [InlineData("eq", "A:http.status:span", "S:500", true)]
    [InlineData("eq", "A:http.status:", "S:500:int", true)]
    [InlineData("eq", "A:http.status:", "S:500:string", false)]
    [InlineData("eq", "A:http.status:resource", "S:500", false)]
    [InlineData("eq", "A:host:", "S:n1", true)]
    [InlineData("eq", "A:both:", "S:resource", true)]
    [InlineData("eq", "A:both:span", "S:resource", false)]
    [InlineData("eq", "A:flag:span", "S:true:bool", true)]
    [InlineData("eq", "A:key:scope", "S:scope", true)]
    [InlineData("eq", "A:type:event", "S:Boom", true)]
    [InlineData("eq", "A:why:link", "S:retry", true)]
    [InlineData("eq", "A:type:", "S:Boom", false)] // of the span or its resource, nothing else
    [InlineData("ne", "A:both:", "S:resource", false)] // none of the values may be it
    [InlineData("ne", "A:both:", "S:other", true)]
    [InlineData("ne", "A:absent:", "S:other", false)]
    [InlineData("gt", "A:size:span", "S:10", false)] // numbers, not texts
    [InlineData("lt", "A:size:span", "S:10", true)]
    [InlineData("lt", "S:10", "A:size:span", false)]
    [InlineData("gt", "S:10", "A:size:span", true)]
    [InlineData("gte", "A:http.status:span", "S:499.5:double", true)]
    [InlineData("eq", "F:name:span", "S:GET /", true)]
    [InlineData("gt", "F:name:span", "S:F", true)]
    [InlineData("eq", "F:kind:span", "S:SERVER", true)]
    [InlineData("eq", "F:status:span", "S:error", true)]
    [InlineData("eq", "F:statusMessage:span", "S:sold out", true)]
    [InlineData("lte", "F:duration:span", "S:1.5ms", true)]
    [InlineData("lt", "F:duration:span", "S:1500us", false)]
    [InlineData("gte", "F:startTime:span", "S:2026-11-18T11:06:40Z", true)]
    [InlineData("gt", "F:startTime:span", "S:2026-11-18T11:06:40Z", false)]
    [InlineData("eq", "F:traceID:span", "S:1", true)]
    [InlineData("eq", "F:spanID:span", "S:0000000000000002", true)]
    [InlineData("eq", "F:parentSpanID:span", "S:3", true)]
    [InlineData("eq", "F:service:resource", "S:web", true)]
    [InlineData("eq", "F:name:scope", "S:lib", true)]
    [InlineData("eq", "F:version:scope", "S:1.2", true)]
    [InlineData("eq", "F:name:event", "S:exception", true)]
    [InlineData("eq", "F:traceID:link", "S:00000000000000000000000000000007", true)]
    [InlineData("eq", "F:spanID:link", "S:8", true)]
    [InlineData("regex", "A:text:span", "S:[no]e t", true)] // anywhere in the value
    [InlineData("regex", "A:text:span", "S:TWO", false)]
    [InlineData("regex", "F:service:resource", "S:w.b", true)]
    [InlineData("in", "A:http.status:span", "L:404,500", true)]
    [InlineData("in", "A:http.status:span", "L:404,500:string", false)]
    [InlineData("in", "F:kind:span", "L:client,producer", false)]
    [InlineData("not_in", "F:kind:span", "L:client,producer", true)]
    [InlineData("not_in", "A:absent:", "L:a", false)]
    [InlineData("in", "F:duration:span", "L:1s,1.5ms", true)]
    public void A_comparison_holds_or_does_not(string name, string left, string right, bool expected) =>
        Assert.Equal(expected, Holds(Call(name, Operand(left), Operand(right))));

    [Fact]
    public void Operators_combine()
    {
        string yes = Call("eq", Operand("A:host:"), Operand("S:n1"));
        string no = Call("eq", Operand("A:host:"), Operand("S:n2"));

        Assert.True(Holds(Call("and", Inner(yes), Inner(yes), Inner(yes))));
        Assert.False(Holds(Call("and", Inner(yes), Inner(no))));
        Assert.True(Holds(Call("or", Inner(no), Inner(no), Inner(yes))));
        Assert.True(Holds(Call("not", Inner(no))));
        Assert.True(Holds(Call("exists", Operand("A:both:"))));
        Assert.False(Holds(Call("exists", Operand("A:absent:"))));
        Assert.True(Holds(Call("not", Inner(Call("in", Operand("A:absent:"), Operand("L:a"))))));
        Assert.True(Holds(Call("some", Operand("N:event"), Inner(Call("eq", Operand("A:type:event"), Operand("S:Boom"))))));
        Assert.False(Holds(Call("some", Operand("N:link"), Inner(Call("eq", Operand("A:why:link"), Operand("S:first"))))));
    }

    [Theory]
    [InlineData("[]", "filter must be an object")]
    [InlineData("{\"op\":1}", "filter.op must be a string")]
    [InlineData("{\"op\":\"and\",\"args\":[{\"what\":1}]}", "filter.args[0] has no member \"what\"")]
    [InlineData("{\"op\":\"and\",\"args\":[{\"attr\":{\"key\":\"a\",\"size\":1}}]}", "filter.args[0].attr.size must be a string")]
    [InlineData("{\"op\":\"and\",\"args\":[{\"attr\":{},\"scalar\":{}}]}", "filter.args[0] must be one term, it is several")]
    [InlineData("{\"op\":\"like\"}", "there is no operator \"like\"")]
    [InlineData("{\"op\":\"and\"}", "and needs two operands or more")]
    [InlineData("{\"op\":\"not\"}", "not needs 1 operand, it has 0")]
    [InlineData("eq A: S:1", "an attribute needs a key")]
    [InlineData("eq A:a:process S:1", "there is no level \"process\"")]
    [InlineData("eq F:colour:span S:1", "there is no field \"colour\" of \"span\"")]
    [InlineData("eq F:endTime:span S:1", "the field span.endTime is not supported")]
    [InlineData("eq F:duration:span S:5", "time: missing unit in duration \"5\"")]
    [InlineData("eq F:duration:span S:5:int", "durations and times are written without a type, not as int")]
    [InlineData("eq F:startTime:span S:now", "\"now\" is not a time")]
    [InlineData("eq F:spanID:span S:xyz", "\"xyz\" is not an id")]
    [InlineData("eq F:name:span S:1:int", "a constant of type int cannot be compared with text")]
    [InlineData("eq A:a: S:x:int", "\"x\" is no int")]
    [InlineData("eq A:a: S:x:date", "there is no type \"date\"")]
    [InlineData("eq A:a: A:b:", "comparing two references is not supported")]
    [InlineData("gt F:kind:span S:server", "gt needs values that have an order")]
    [InlineData("gt A:a: S:true:bool", "gt needs values that have an order")]
    [InlineData("regex F:duration:span S:1", "regex is about text only")]
    [InlineData("regex A:a: S:^a", "uses an anchor")]
    [InlineData("regex A:a: S:a+?", "uses a lazy quantifier")]
    [InlineData("regex A:a: S:\\\\ba", "uses a word boundary")]
    [InlineData("regex A:a: S:(?i)a", "uses a flag")]
    [InlineData("in A:a: S:1", "in and not_in need a list")]
    [InlineData("some N:span S:1", "some needs the events or links")]
    public void A_filter_that_means_nothing_is_refused_with_what_is_wrong(string filter, string message)
    {
        if (!filter.StartsWith('{') && !filter.StartsWith('['))
        {
            string[] parts = filter.Split(' ');
            filter = Call(parts[0], Operand(parts[1]), Operand(parts[2]));
        }
        var refusal = Assert.Throws<FormatException>(() => FilterCondition.Of(FilterJson.Parse(filter)));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_filter_is_refused_or_understood()
    {
        byte[][] valid =
        [
            .. new[]
            {
                Call("and", Inner(Call("eq", Operand("A:host:"), Operand("S:n1"))), Inner(Call("in", Operand("F:duration:span"), Operand("L:1s,2ms")))),
                Call("some", Operand("N:event"), Inner(Call("regex", Operand("A:type:event"), Operand("S:[a-z]+(?:x)")))),
            }.Select(Encoding.UTF8.GetBytes),
        ];
        DecoderFuzzer.Run(
            bytes =>
            {
                try
                {
                    _ = new SpanMatcher(FilterCondition.Of(FilterJson.Parse(Encoding.UTF8.GetString(bytes)))).IsMatch(Subject, new Trace(Subject.TraceId, [Subject]));
                }
                catch (Exception error) when (error is FormatException or QueryException)
                {
                    // What broken input should give.
                }
            },
            valid,
            cases: 3000);
    }

    private static bool Holds(string json) => new SpanMatcher(FilterCondition.Of(FilterJson.Parse(json))).IsMatch(Subject, new Trace(Subject.TraceId, [Subject]));

    private static string Call(string name, params string[] operands) => $$"""{"op":"{{name}}","args":[{{string.Join(',', operands)}}]}""";

    private static string Inner(string call) => $$"""{"call":{{call}}}""";

    // A:key:level, F:name:level, N:level, S:value:type (the value may have colons when it ends in Z), L:values:type.
    private static string Operand(string text)
    {
        string kind = text[..1];
        string rest = text[2..];
        string[] parts = rest.EndsWith('Z') ? [rest, ""] : [.. rest.Split(':'), "", ""];
        return kind switch
        {
            "A" => $$$"""{"attr":{"key":"{{{parts[0]}}}","level":"{{{parts[1]}}}"}}""",
            "F" => $$$"""{"field":{"name":"{{{parts[0]}}}","level":"{{{parts[1]}}}"}}""",
            "N" => $$$"""{"nested":{"level":"{{{parts[0]}}}"}}""",
            "L" => $$$"""{"list":{"values":[{{{string.Join(',', parts[0].Split(',').Select(value => $"\"{value}\""))}}}],"type":"{{{parts[1]}}}"}}""",
            _ => $$$"""{"scalar":{"value":"{{{parts[0]}}}","type":"{{{parts[1]}}}"}}""",
        };
    }
}
