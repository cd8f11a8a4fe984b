using Clew.Formats.Tests.Thrift;
using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>Writes the test model as Jaeger clients do.</summary>
internal sealed class JaegerTestEncoder(ThriftTestWriter writer)
{
    /// <summary>Give a tag all its value fields, as npm's jaeger-client does.</summary>
    public bool FillAllValues { get; init; }

    /// <summary>Add fields that no IDL knows to every struct.</summary>
    public bool AddUnknownFields { get; init; }

    public static byte[] Encode(TestBatch batch, BatchFormat format, bool reversed = false, bool fillAllValues = false, bool addUnknownFields = false)
    {
        ThriftTestWriter writer = format == BatchFormat.JaegerThriftCompactMessage
            ? new ThriftCompactTestWriter { Reversed = reversed }
            : new ThriftBinaryTestWriter { Reversed = reversed };
        var encoder = new JaegerTestEncoder(writer) { FillAllValues = fillAllValues, AddUnknownFields = addUnknownFields };
        if (format == BatchFormat.JaegerThriftBinaryBatch)
            encoder.Batch(batch);
        else
            writer.Message("emitBatch", ThriftMessage.Oneway, () => encoder.Struct(new TestField(1, ThriftType.Struct, () => encoder.Batch(batch))));
        return writer.ToArray();
    }

    public void Batch(TestBatch batch) => Struct(
        new(1, ThriftType.Struct, () => Process(batch.Process)),
        new(2, ThriftType.List, () => writer.List(batch.Spans, ThriftType.Struct, Span)),
        new(3, ThriftType.I64, () => writer.Int64(41)));

    private void Process(TestProcess process) => Struct(
        new(1, ThriftType.Binary, () => writer.String(process.ServiceName)),
        Tags(2, process.Tags));

    private void Span(TestSpan span) => Struct(
        Int64(1, (long)span.TraceId.Low),
        Int64(2, (long)span.TraceId.High),
        Int64(3, (long)span.SpanId.Value),
        Int64(4, (long)span.ParentSpanId.Value),
        new(5, ThriftType.Binary, () => writer.String(span.Name)),
        new(6, ThriftType.List, () => writer.List(span.References, ThriftType.Struct, Reference)),
        new(7, ThriftType.I32, () => writer.Int32(span.Flags)),
        Int64(8, span.StartUs),
        Int64(9, span.DurationUs),
        Tags(10, span.Tags),
        new(11, ThriftType.List, () => writer.List(span.Logs, ThriftType.Struct, Log)));

    private void Reference(TestReference reference) => Struct(
        new(1, ThriftType.I32, () => writer.Int32(reference.FollowsFrom ? 1 : 0)),
        Int64(2, (long)reference.TraceId.Low),
        Int64(3, (long)reference.TraceId.High),
        Int64(4, (long)reference.SpanId.Value));

    private void Log(TestLog log) => Struct(Int64(1, log.TimeUs), Tags(2, log.Fields));

    private TestField Tags(short id, List<KeyValue> tags) => new(id, ThriftType.List, () => writer.List(tags, ThriftType.Struct, Tag));

    private void Tag(KeyValue tag)
    {
        AttributeValue value = tag.Value;
        (int type, TestField field) = value.Type switch
        {
            AttributeType.String => (0, new TestField(3, ThriftType.Binary, () => writer.String(value.AsString()))),
            AttributeType.Double => (1, new TestField(4, ThriftType.Double, () => writer.Double(value.AsDouble()))),
            AttributeType.Bool => (2, TestField.OfBool(5, value.AsBool())),
            AttributeType.Int64 => (3, Int64(6, value.AsInt64())),
            _ => (4, new TestField(7, ThriftType.Binary, () => writer.Binary(value.AsBytes().ToArray()))),
        };
        TestField[] fillers =
        [
            new(3, ThriftType.Binary, () => writer.String("filler")),
            new(4, ThriftType.Double, () => writer.Double(1.5)),
            TestField.OfBool(5, true),
            Int64(6, 77),
            new(7, ThriftType.Binary, () => writer.Binary([9])),
        ];
        TestField[] values = FillAllValues ? [.. fillers.Select(filler => filler.Id == field.Id ? field : filler)] : [field];
        Struct([new(1, ThriftType.Binary, () => writer.String(tag.Key)), new(2, ThriftType.I32, () => writer.Int32(type)), .. values]);
    }

    private TestField Int64(short id, long value) => new(id, ThriftType.I64, () => writer.Int64(value));

    private void Struct(params TestField[] fields) => writer.Struct(AddUnknownFields ? [.. fields, .. Unknown()] : fields);

    // Every type that can be nested or skipped, under ids far from the known ones.
    private TestField[] Unknown() =>
    [
        TestField.OfBool(40, true),
        new(41, ThriftType.List, () => writer.List([true, false], ThriftType.Bool, writer.BoolElement)),
        new(300, ThriftType.Map, () =>
        {
            writer.WriteMapHeader(1, ThriftType.Binary, ThriftType.Struct);
            writer.String("key");
            writer.Struct(Int64(1, 5), TestField.OfBool(2, false));
        }),
        new(301, ThriftType.Map, () => writer.WriteMapHeader(0, ThriftType.I32, ThriftType.I32)),
        new(305, ThriftType.Map, () =>
        {
            writer.WriteMapHeader(1, ThriftType.Struct, ThriftType.Bool);
            writer.Struct(TestField.OfBool(1, true));
            writer.BoolElement(false);
        }),
        new(302, ThriftType.Set, () => writer.List([1.5], ThriftType.Double, writer.Double)),
        new(303, ThriftType.Byte, () => writer.WriteByte(255)),
        new(304, ThriftType.Uuid, () => writer.WriteBytes(new byte[16])),
    ];
}
