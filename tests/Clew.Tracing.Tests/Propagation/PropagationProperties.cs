using System.Diagnostics;
using System.Globalization;
using Clew.TestKit;
using Clew.Tracing.Propagation;
using FsCheck;
using FsCheck.Fluent;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class PropagationProperties
{
    private static readonly Gen<ulong> Id = Gen.OneOf(Gen.Choose(1, 1000).Select(id => (ulong)id), Gen.Choose(1, int.MaxValue).Two().Select(two => ((ulong)two.Item1 << 33) + (ulong)two.Item2));

    private static readonly Gen<PropagatedSpan> Span =
        from high in Gen.OneOf(Gen.Constant(0UL), Id)
        from low in Id
        from id in Id
        from parent in Gen.OneOf(Gen.Constant(0UL), Id)
        from sampling in Gen.Elements(SamplingState.Defer, SamplingState.Deny, SamplingState.Accept, SamplingState.Debug)
        select new PropagatedSpan(high, low, id, sampling) { ParentSpanId = parent };

    private static readonly Gen<string> Text = Gen.Elements("0123456789abcdefABCDEF-:;,=%. \t\0dé\ud800".ToCharArray()).ListUpTo(80).Select(chars => new string([.. chars]));

    private static readonly Gen<string> Mutated =
        from header in Gen.Elements(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
            "3aecb1f2fc4bb4d3:e457b5a2e4d86bd1:0:1",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
            "rojo=00f067aa0ba902b7,clew=debug",
            "k=%C3%A9;p=1,l=%")
        from at in Gen.Choose(0, header.Length)
        from cut in Gen.Choose(0, 3)
        from insert in Text
        select string.Concat(header.AsSpan(0, at), insert.AsSpan(0, Math.Min(3, insert.Length)), header.AsSpan(Math.Min(header.Length, at + cut)));

    [Fact]
    public void Sixteen_digits_are_read_as_the_framework_reads_numbers_and_written_as_it_writes_them() => Properties.ForAll(
        Gen.Elements("0123456789abcdefABCDEFgG:/@`\u0011\u0130\u0661".ToCharArray()).ListOf(16).Select(chars => new string([.. chars])),
        text =>
        {
            bool valid = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong expected);
            Assert.Equal(valid, Hex.TryParse(text, out ulong value));
            Assert.Equal(valid && !text.Any(char.IsAsciiLetterUpper), Hex.TryParseLower(text, out _));
            if (!valid)
                return;
            char[] written = new char[16];
            Assert.Equal(16, Hex.Write(written, 0, value));
            Assert.Equal((expected, $"{expected:x16}"), (value, new string(written)));
        });

    [Fact]
    public void Any_number_is_written_as_its_digits() => Properties.ForAll(Id, id =>
    {
        char[] written = new char[16];
        Hex.Write(written, 0, id * 0x9E3779B97F4A7C15);
        Assert.Equal($"{id * 0x9E3779B97F4A7C15:x16}", new string(written));
    });

    [Fact]
    public void Every_context_comes_back_from_both_b3_formats() => Properties.ForAll(Span, span =>
    {
        Assert.True(B3Single.TryParse(B3Single.Write(span), out PropagatedSpan back));
        Assert.Equal(span, back);
    });

    [Fact]
    public void Every_context_comes_back_from_traceparent_and_jaeger_with_the_decision_they_can_say() => Properties.ForAll(Span, span =>
    {
        SamplingState decided = span.Sampling == SamplingState.Defer ? SamplingState.Deny : span.Sampling;
        Assert.True(JaegerTraceId.TryParse(JaegerTraceId.Write(span), out PropagatedSpan jaeger));
        Assert.Equal(span with { Sampling = decided }, jaeger);
        Assert.True(W3CTraceParent.TryParse(W3CTraceParent.Write(span), out PropagatedSpan w3c));
        Assert.Equal(span with { Sampling = decided == SamplingState.Debug ? SamplingState.Accept : decided, ParentSpanId = 0 }, w3c);
    });

    [Fact]
    public void Every_decided_context_and_its_baggage_pass_through_the_composite_in_each_format()
    {
        PropagationFormat[][] lists =
            [[PropagationFormat.TraceContext, PropagationFormat.Baggage], [PropagationFormat.B3, PropagationFormat.Baggage], [PropagationFormat.B3Multi, PropagationFormat.Baggage], [PropagationFormat.Jaeger]];
        CompositePropagation[] each = [.. lists.Select(Carrier.Of)];
        var every = new CompositePropagation(new PropagationOptions());
        Gen<Dictionary<string, string>> baggage = Gen.Zip(Gen.Elements("a", "tenant", "x-1"), Text.Select(text => text.Replace('\ud800', '+'))).ListUpTo(3)
            .Select(pairs => pairs.GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.First().Item2));

        Properties.ForAll(Gen.Zip(Span, baggage), given =>
        {
            (PropagatedSpan span, Dictionary<string, string> items) = given;
            if (span.Sampling == SamplingState.Defer)
                return;
            ActivityContext context = span.ToActivityContext(TraceStateMark.Apply("other=1", span.Sampling));
            foreach (CompositePropagation propagation in each)
            {
                Carrier carrier = Carrier.Inject(propagation, new PropagationContext(context, Baggage.Create(items)));
                PropagationContext back = carrier.ExtractAsTextMap(every);
                (string? traceParent, string? traceState) = carrier.Extract(every);

                Assert.Equal((context.TraceId, context.SpanId, context.TraceFlags), (back.ActivityContext.TraceId, back.ActivityContext.SpanId, back.ActivityContext.TraceFlags));
                Assert.Equal(span.Sampling == SamplingState.Debug, TraceStateMark.Read(back.ActivityContext.TraceState) == SamplingState.Debug);
                Assert.True(back.ActivityContext.IsRemote);
                Assert.Equal(items, back.Baggage.GetBaggage().ToDictionary());
                // Both shapes agree to the letter, or OpenTelemetry's instrumentation would start a sibling.
                Assert.Equal((W3CTraceParent.Write(span), back.ActivityContext.TraceState), (traceParent, traceState));
            }
        });
    }

    [Fact]
    public void No_text_makes_extraction_throw_or_gives_an_invalid_context()
    {
        var every = new CompositePropagation(new PropagationOptions());
        string[] names = ["traceparent", "tracestate", "baggage", "b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "uber-trace-id", "uberctx-a", "jaeger-debug-id", "jaeger-baggage", "X-Amzn-Trace-Id"];

        Properties.ForAll(Gen.Zip(Gen.Elements(names), Gen.OneOf(Text, Mutated)).ListUpTo(6), headers =>
        {
            var carrier = new Carrier();
            foreach ((string name, string value) in headers)
                carrier.Headers[name] = value;
            (string? traceParent, string? traceState) = carrier.Extract(every);
            carrier.ExtractBaggage(every);
            carrier.ExtractAsTextMap(every);

            Assert.True(traceParent is null ? traceState is null : ActivityContext.TryParse(traceParent, traceState, out _));
            Assert.True(traceState is null || W3CTraceState.IsValid(traceState));
        }, count: 5000);
    }
}
