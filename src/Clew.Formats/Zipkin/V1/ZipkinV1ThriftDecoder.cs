using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>
/// Reads Zipkin v1 spans in Thrift: a bare binary list over HTTP, or the arguments of Jaeger's <c>emitZipkinBatch</c> in a datagram. Binary annotations that
/// are numbers, booleans or bytes keep their type.
/// </summary>
internal static class ZipkinV1ThriftDecoder
{
    /// <summary>Whether a payload begins as a list of structs, or of strings as an old reporter in Java mislabels them; no other format begins so.</summary>
    public static bool IsList(ReadOnlySpan<byte> payload) => payload.Length >= 5 && payload[0] is (byte)ThriftType.Struct or (byte)ThriftType.Binary;

    /// <summary>Decodes the list the builder was started with.</summary>
    /// <exception cref="SpanFormatException">Not well-formed, bytes left over, or a span without ids.</exception>
    public static void Decode(SpanBatchBuilder builder)
    {
        ReadOnlySpan<byte> payload = builder.Batch.Payload.Span;
        if (!IsList(payload))
            throw new SpanFormatException("Expected a THRIFT encoded list", 0);
        using ZipkinV1Converter converter = ZipkinV1Converter.Rent(builder.Batch);
        var rows = new ZipkinRows(builder, stackalloc int[ZipkinRows.RecentMax], stackalloc int[ZipkinRows.RecentMax]);
        var reader = new ZipkinV1ThriftReader<ThriftBinaryReader>(new ThriftBinaryReader(payload), builder, converter, rows);
        reader.ReadList();
        reader.ReadEnd();
    }

    /// <summary>Decodes the rest of a message whose header <paramref name="message"/> has read.</summary>
    public static void DecodeArguments<TReader>(TReader message, SpanBatchBuilder builder) where TReader : struct, IThriftReader, allows ref struct
    {
        using ZipkinV1Converter converter = ZipkinV1Converter.Rent(builder.Batch);
        var rows = new ZipkinRows(builder, stackalloc int[ZipkinRows.RecentMax], stackalloc int[ZipkinRows.RecentMax]);
        var reader = new ZipkinV1ThriftReader<TReader>(message, builder, converter, rows);
        reader.ReadArguments();
        reader.ReadEnd();
    }
}
