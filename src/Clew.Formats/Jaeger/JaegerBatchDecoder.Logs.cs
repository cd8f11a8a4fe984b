using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerBatchDecoder<TReader>
{
    private void ReadLog(ref EventRow row)
    {
        int start = batch.OtherAttributes.Count;
        short outer = reader.BeginStruct();
        while (reader.NextField("Log", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    row.TimeNs = ToNs(ReadInt64(field, "Log.timestamp"));
                    break;
                case 2:
                    reader.Expect(field, ThriftType.List, "Log.fields");
                    for (int left = reader.ReadStructList("Log.fields"); left > 0; left--)
                        batch.OtherAttributes.Add(ReadTag());
                    break;
                default:
                    Skip(field, "Log");
                    break;
            }
        }
        reader.EndStruct(outer);
        NameByField(ref row, start);
        row.Attributes = new RowRange(start, batch.OtherAttributes.Count - start);
    }

    /// <summary>
    /// The text field <c>event</c> becomes the event's name and goes, unless there are several of that key: then all stay, so that none is lost.
    /// </summary>
    private readonly void NameByField(ref EventRow row, int start)
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
