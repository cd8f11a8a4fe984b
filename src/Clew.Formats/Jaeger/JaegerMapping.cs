using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// What Jaeger's model means in ours, whether it came in Thrift or protobuf: processes, logs, tags with a meaning (SpanTags) and
/// references. Writes to the batch of one builder, which it was made for.
/// </summary>
internal partial struct JaegerMapping(SpanBatchBuilder builder)
{
    private readonly SpanBatchBuilder builder = builder;
    private readonly SpanBatch batch = builder.Batch;
    private RowRange childOf;
    private RowRange followsFrom;

    /// <summary>Begins a process; its tags are added behind. service.name goes first, wherever the process has it: a row is kept for it.</summary>
    public readonly int BeginProcess()
    {
        int start = batch.OtherAttributes.Count;
        batch.OtherAttributes.Add();
        return start;
    }

    /// <param name="start">What <see cref="BeginProcess"/> returned.</param>
    /// <param name="serviceName">When empty, the row kept for it is given up.</param>
    /// <returns>The attributes of the resource.</returns>
    public readonly RowRange EndProcess(int start, Utf8Slice serviceName)
    {
        RowTable<AttributeRow> attributes = batch.OtherAttributes;
        if (serviceName.IsEmpty)
            start++;
        else
            attributes[start] = AttributeRow.String(builder.AddText("service.name"u8), serviceName);
        return new RowRange(start, attributes.Count - start);
    }

    /// <summary>
    /// The text field <c>event</c> becomes the event's name and goes, unless there are several of that key: then all stay, so that none is lost.
    /// </summary>
    public readonly void NameByField(ref EventRow row, int start)
    {
        RowTable<AttributeRow> fields = batch.OtherAttributes;
        int found = 0;
        int named = -1;
        for (int i = start; i < fields.Count; i++)
        {
            if (!batch.Bytes(fields[i].Key).SequenceEqual("event"u8))
                continue;
            found++;
            if (named < 0 && fields[i].Type == AttributeType.String && !fields[i].Slice.IsEmpty)
                named = i;
        }
        if (named < 0)
            return;
        row.Name = fields[named].Slice;
        if (found > 1)
            return;
        for (int i = named + 1; i < fields.Count; i++)
            fields[i - 1] = fields[i];
        fields.Truncate(fields.Count - 1);
    }
}
