using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>Jaeger's structs as the IDL has them, for tests to build, write and map by hand. Tag values are of the five types Thrift knows.</summary>
internal sealed record TestBatch(TestProcess Process, List<TestSpan> Spans);

internal sealed record TestProcess(string ServiceName, List<KeyValue> Tags);

internal sealed record TestSpan
{
    public TraceId TraceId { get; init; }

    public SpanId SpanId { get; init; }

    public SpanId ParentSpanId { get; init; }

    public string Name { get; init; } = "";

    public List<TestReference> References { get; init; } = [];

    public int Flags { get; init; }

    public long StartUs { get; init; }

    public long DurationUs { get; init; }

    public List<KeyValue> Tags { get; init; } = [];

    public List<TestLog> Logs { get; init; } = [];

    /// <summary>Only the protobuf model has these.</summary>
    public List<string> Warnings { get; init; } = [];
}

internal sealed record TestReference(bool FollowsFrom, TraceId TraceId, SpanId SpanId);

internal sealed record TestLog(long TimeUs, List<KeyValue> Fields);
