using System.Buffers.Text;
using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Sampling.Adaptive;

/// <summary>
/// Counts the root spans that remote samplers let through, by operation, as batches are stored. Costs nothing when adaptive sampling is off;
/// else one test for each span that is no root, one look-up for each that is, and an allocation only for an operation first seen
/// in the interval. Safe from any thread.
/// </summary>
/// <param name="operationsMax">Operations counted in one interval; 0 turns counting off. Spans of further ones are not counted.</param>
internal sealed class RootSpanCounter(int operationsMax)
{
    private readonly Lock gate = new();
    private Dictionary<byte[], Throughput> counts = new(ByteKeyComparer.Instance);

    public void Count(SpanBatch batch)
    {
        if (operationsMax == 0)
            return;
        Span<byte> key = stackalloc byte[OperationKey.BytesMax];
        foreach (ref readonly SpanRow span in batch.Spans.Rows)
        {
            if (!span.ParentSpanId.IsZero || !TryReadSampler(batch, span, out double probability, out bool isLowerBound))
                continue;
            int length = OperationKey.Write(ServiceName(batch, span), batch.Bytes(span.Name), key);
            if (length > 0)
                Add(key[..length], probability, isLowerBound);
        }
    }

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyDictionary<Operation, Throughput> Take()
    {
        Dictionary<byte[], Throughput> taken;
        lock (gate)
            (taken, counts) = (counts, new Dictionary<byte[], Throughput>(ByteKeyComparer.Instance));
        var result = new Dictionary<Operation, Throughput>(taken.Count);
        // Two invalid texts can become the same when read; either will do.
        foreach ((byte[] key, Throughput throughput) in taken)
            result.TryAdd(OperationKey.Read(key), throughput);
        return result;
    }

    private void Add(ReadOnlySpan<byte> key, double probability, bool isLowerBound)
    {
        lock (gate)
        {
            Dictionary<byte[], Throughput>.AlternateLookup<ReadOnlySpan<byte>> byKey = counts.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (!byKey.TryGetValue(key, out Throughput? throughput))
            {
                if (counts.Count >= operationsMax)
                    return;
                byKey[key] = throughput = new Throughput();
            }
            throughput.Add(probability, isLowerBound);
        }
    }

    /// <summary>Reads what the client's sampler wrote on the root; false for samplers that do not follow a probability, such as const.</summary>
    private static bool TryReadSampler(SpanBatch batch, in SpanRow span, out double probability, out bool isLowerBound)
    {
        probability = -1;
        isLowerBound = false;
        bool isKnown = false;
        foreach (ref readonly AttributeRow attribute in batch.SpanAttributes.Slice(span.Attributes))
        {
            ReadOnlySpan<byte> key = batch.Bytes(attribute.Key);
            if (key.SequenceEqual("sampler.type"u8) && attribute.Type == AttributeType.String)
            {
                ReadOnlySpan<byte> type = batch.Bytes(attribute.Slice);
                isLowerBound = type.SequenceEqual("lowerbound"u8);
                isKnown = isLowerBound || type.SequenceEqual("probabilistic"u8);
            }
            else if (key.SequenceEqual("sampler.param"u8))
            {
                probability = Number(batch, attribute);
            }
        }
        return isKnown && probability is >= 0 and <= 1;
    }

    private static double Number(SpanBatch batch, in AttributeRow attribute) => attribute.Type switch
    {
        AttributeType.Double => attribute.Double,
        AttributeType.Int64 => attribute.Int64,
        AttributeType.String when Utf8Parser.TryParse(batch.Bytes(attribute.Slice), out double value, out _) => value,
        _ => -1,
    };

    private static ReadOnlySpan<byte> ServiceName(SpanBatch batch, in SpanRow span)
    {
        foreach (ref readonly AttributeRow attribute in batch.OtherAttributes.Slice(batch.Resources[span.Resource].Attributes))
        {
            if (attribute.Type == AttributeType.String && batch.Bytes(attribute.Key).SequenceEqual("service.name"u8))
                return batch.Bytes(attribute.Slice);
        }
        return [];
    }
}
