using System.Runtime.CompilerServices;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Decodes api_v2's <c>PostSpansRequest</c> (jaeger-idl, <c>collector.proto</c> and <c>model.proto</c>). Fields may come in any order; of a
/// process or time that comes twice the last counts. Tags and references mean what they mean in Thrift (<see cref="JaegerMapping"/>).
/// Parts: the envelope and processes here, then Span and Values.
/// </summary>
internal ref partial struct JaegerProtobufDecoder
{
    // Spans of a batch come from few processes; looking further back would cost more than a repeated row.
    private const int ProcessesCompared = 8;

    private readonly SpanBatchBuilder builder;
    private readonly SpanBatch batch;
    private ProtobufReader reader;
    private JaegerMapping mapping;

    // The resource of spans without a process of their own; they can stand before it, so its row exists before it is read.
    private int batchResource;

    // Processes of single spans by their bytes, so that thousands of equal ones are one row.
    private KnownProcesses known;
    private int knownCount;

    // The key of span warnings, in the arena once for the whole batch.
    private Utf8Slice warningsKey;

    private JaegerProtobufDecoder(SpanBatchBuilder builder)
    {
        this.builder = builder;
        batch = builder.Batch;
        mapping = new JaegerMapping(builder);
        reader = new ProtobufReader(batch.Payload.Span, builder.Limits.DepthMax);
    }

    /// <summary>Decodes the payload the builder was started with.</summary>
    /// <exception cref="SpanFormatException">Not well-formed, or over a limit (<see cref="SpanLimitException"/>).</exception>
    public static void Decode(SpanBatchBuilder builder) => new JaegerProtobufDecoder(builder).ReadRequest();

    private void ReadRequest()
    {
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Request)) != 0)
        {
            if (tag == JaegerProtobufTags.Request.Batch)
            {
                int outerEnd = reader.Enter(JaegerMessages.Request);
                ReadBatch();
                reader.Leave(outerEnd);
            }
            else
            {
                reader.SkipUnknown(JaegerMessages.Request);
            }
        }
    }

    private void ReadBatch()
    {
        batchResource = batch.Resources.Count;
        batch.Resources.Add();
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Batch)) != 0)
        {
            int outerEnd;
            switch (tag)
            {
                case JaegerProtobufTags.Batch.Spans:
                    outerEnd = reader.Enter(JaegerMessages.Batch);
                    ReadSpan(ref batch.Spans.Add());
                    reader.Leave(outerEnd);
                    break;
                case JaegerProtobufTags.Batch.Process:
                    outerEnd = reader.Enter(JaegerMessages.Batch);
                    batch.Resources[batchResource].Attributes = ReadProcess();
                    reader.Leave(outerEnd);
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Batch);
                    break;
            }
        }
    }

    private RowRange ReadProcess()
    {
        int start = mapping.BeginProcess();
        Utf8Slice serviceName = default;
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Process)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.Process.ServiceName:
                    serviceName = reader.ReadSlice(JaegerMessages.Process);
                    break;
                case JaegerProtobufTags.Process.Tags:
                    batch.OtherAttributes.Add(ReadKeyValue(JaegerMessages.Process));
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Process);
                    break;
            }
        }
        return mapping.EndProcess(start, serviceName);
    }

    /// <summary>The resource of a span that names its own process.</summary>
    private int ReadSpanProcess()
    {
        int outerEnd = reader.Enter(JaegerMessages.Span);
        var bytes = new Utf8Slice(reader.Position, reader.Remaining.Length);
        int resource = FindProcess(bytes);
        if (resource != 0)
        {
            reader.Advance(bytes.Length);
        }
        else
        {
            resource = batch.Resources.Count;
            batch.Resources.Add(new ResourceRow { Attributes = ReadProcess() });
            known[knownCount++ % ProcessesCompared] = (bytes, resource);
        }
        reader.Leave(outerEnd);
        return resource;
    }

    private readonly int FindProcess(Utf8Slice bytes)
    {
        for (int i = Math.Min(knownCount, ProcessesCompared) - 1; i >= 0; i--)
        {
            if (batch.Bytes(known[i].Bytes).SequenceEqual(batch.Bytes(bytes)))
                return known[i].Resource;
        }
        return 0;
    }

    [InlineArray(ProcessesCompared)]
    private struct KnownProcesses
    {
        private (Utf8Slice Bytes, int Resource) first;
    }
}
