using Clew.Formats;
using Clew.Model;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Store;

/// <summary>Reads records of the log back. One thread at a time; a batch holds until the next, and needs nothing of the record it is made of.</summary>
internal sealed class LoggedBatchDecoder
{
    // Above every limit a receiver can have been given: what was accepted once must be accepted again.
    private const int RowsMax = 100_000_000;

    private readonly SpanBatchBuilder builder = new(new SpanBatchLimits
    {
        SpansMax = RowsMax,
        SpanAttributesMax = RowsMax,
        OtherAttributesMax = RowsMax,
        ElementsMax = RowsMax,
        EventsMax = RowsMax,
        LinksMax = RowsMax,
        ResourcesMax = RowsMax,
        DepthMax = AttributeValueCodec.DepthMax,
    });

    private byte[] payload = new byte[1 << 16];

    /// <exception cref="SpanFormatException">The body cannot be decoded.</exception>
    /// <exception cref="InvalidDataException">The body cannot be inflated.</exception>
    public SpanBatch Decode(WalRecord record) =>
        SpanDecoder.Decode(record.Format, record.Encoding == BodyEncoding.Identity ? Copy(record.Body) : Inflate(record), builder);

    private ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> body)
    {
        if (payload.Length < body.Length)
            payload = new byte[body.Length];
        body.CopyTo(payload);
        return payload.AsMemory(0, body.Length);
    }

    private ReadOnlyMemory<byte> Inflate(WalRecord record)
    {
        using Stream stream = BodyEncodings.OpenPayload(record.Body, record.Encoding);
        int length = 0;
        while (true)
        {
            int read = stream.Read(payload.AsSpan(length));
            if (read == 0)
                return payload.AsMemory(0, length);
            length += read;
            if (length == payload.Length)
                Array.Resize(ref payload, payload.Length * 2);
        }
    }
}
