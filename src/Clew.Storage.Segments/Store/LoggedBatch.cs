using System.Buffers;
using Clew.Formats.Native;
using Clew.Model;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Store;

/// <summary>What the log keeps of a batch: the body as it came where decoding it gives these rows again, else the rows.</summary>
internal static class LoggedBatch
{
    public static WalRecord RecordOf(SpanBatch batch)
    {
        if (batch.Format == BatchFormat.None || batch.IsChanged)
        {
            var rows = new ArrayBufferWriter<byte>();
            ClewSpansEncoder.Write(rows, batch);
            return new WalRecord(BatchFormat.ClewSpans, BodyEncoding.Identity, rows.WrittenMemory);
        }
        return batch.Body.IsEmpty
            ? new WalRecord(batch.Format, BodyEncoding.Identity, batch.Payload)
            : new WalRecord(batch.Format, batch.BodyEncoding, batch.Body);
    }
}
