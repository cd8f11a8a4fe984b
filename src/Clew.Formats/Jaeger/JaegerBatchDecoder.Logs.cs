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
        mapping.NameByField(ref row, start);
        row.Attributes = new RowRange(start, batch.OtherAttributes.Count - start);
    }
}
