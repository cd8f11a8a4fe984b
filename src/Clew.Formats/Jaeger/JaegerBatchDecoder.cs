using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Decodes one Batch, whatever Thrift protocol it is in. Fields may come in any order, as Thrift allows. Parts by struct: the batch and
/// process here, then Span, References, Logs and Tags; what they mean is for <see cref="JaegerMapping"/>.
/// </summary>
internal ref partial struct JaegerBatchDecoder<TReader> where TReader : struct, IThriftReader, allows ref struct
{
    private readonly SpanBatchBuilder builder;
    private readonly SpanBatch batch;
    private TReader reader;
    private JaegerMapping mapping;

    // The one process of the batch; spans can stand before it, so its row exists before it is read.
    private int resource;

    public JaegerBatchDecoder(TReader reader, SpanBatchBuilder builder)
    {
        this.reader = reader;
        this.builder = builder;
        batch = builder.Batch;
        mapping = new JaegerMapping(builder);
    }

    /// <summary>The arguments of <c>emitBatch(1: Batch batch)</c>.</summary>
    public void ReadArguments()
    {
        const string StructName = "the arguments of emitBatch";
        bool found = false;
        short outer = reader.BeginStruct();
        while (reader.NextField(StructName, out ThriftField field))
        {
            if (field.Id == 1 && !found)
            {
                reader.Expect(field, ThriftType.Struct, "emitBatch.batch");
                ReadBatch();
                found = true;
            }
            else
            {
                Skip(field, StructName);
            }
        }
        reader.EndStruct(outer);
        if (!found)
            ThriftErrors.Envelope("emitBatch came without a batch", reader.Position);
    }

    public void ReadBatch()
    {
        resource = batch.Resources.Count;
        batch.Resources.Add();
        short outer = reader.BeginStruct();
        while (reader.NextField("Batch", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    reader.Expect(field, ThriftType.Struct, "Batch.process");
                    ReadProcess();
                    break;
                case 2:
                    reader.Expect(field, ThriftType.List, "Batch.spans");
                    for (int left = reader.ReadStructList("Batch.spans"); left > 0; left--)
                        ReadSpan(ref batch.Spans.Add());
                    break;
                default:
                    // 3 seqNo and 4 stats count what the client lost itself; they say nothing about a span.
                    Skip(field, "Batch");
                    break;
            }
        }
        reader.EndStruct(outer);
    }

    /// <summary>Bytes after the batch would be spans nobody sees: they are refused, not ignored.</summary>
    public readonly void ReadEnd()
    {
        if (reader.Remaining != 0)
            ThriftErrors.Envelope($"{reader.Remaining} bytes follow the batch", reader.Position);
    }

    private void ReadProcess()
    {
        int start = mapping.BeginProcess();
        Utf8Slice serviceName = default;
        short outer = reader.BeginStruct();
        while (reader.NextField("Process", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    reader.Expect(field, ThriftType.Binary, "Process.serviceName");
                    serviceName = reader.ReadBinary("Process.serviceName");
                    break;
                case 2:
                    reader.Expect(field, ThriftType.List, "Process.tags");
                    for (int left = reader.ReadStructList("Process.tags"); left > 0; left--)
                        batch.OtherAttributes.Add(ReadTag());
                    break;
                default:
                    Skip(field, "Process");
                    break;
            }
        }
        reader.EndStruct(outer);
        batch.Resources[resource].Attributes = mapping.EndProcess(start, serviceName);
    }

    private void Skip(ThriftField field, string structName) => reader.Skip(field.Type, structName, builder.Limits.DepthMax);
}
