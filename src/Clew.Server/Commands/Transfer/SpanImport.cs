using System.Globalization;
using System.IO.Pipelines;
using Clew.Formats;
using Clew.Model;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Transfer;

/// <summary>Reads values of OTLP JSON and sends their spans in requests of a bounded size.</summary>
internal sealed class SpanImport(ISpanSender sender, int batchSpans, CommandContext context, TimeProvider time)
{
    // A trace of a million spans is about this large.
    private const int RecordBytesMax = 1 << 30;

    // More than a record of that length can hold: an attribute is twenty bytes of JSON.
    private const int RowsMax = 100_000_000;

    // A file is read by the one who has it: what a line may unfold to is bounded by its length alone.
    private static readonly SpanBatchLimits Limits = new()
    {
        SpansMax = RowsMax,
        SpanAttributesMax = RowsMax,
        OtherAttributesMax = RowsMax,
        ElementsMax = RowsMax,
        EventsMax = RowsMax,
        LinksMax = RowsMax,
        ResourcesMax = RowsMax,
    };

    private readonly RetryingSender retrying = new(sender, RetryingSender.AttemptsDefault, time);
    private readonly SpanBatchBuilder builder = new(Limits);
    private readonly List<Span> pending = [];

    /// <summary>Acknowledged.</summary>
    public long Spans { get; private set; }

    public long Requests { get; private set; }

    /// <summary>False once anything was left out.</summary>
    public bool IsComplete { get; set; } = true;

    /// <exception cref="IOException">The input cannot be read, or the receiver cannot be reached any more.</exception>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public async Task RunAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var records = new JsonRecords(input, RecordBytesMax);
        while (await records.NextAsync(cancellationToken) is { } record)
        {
            Read(record);
            while (pending.Count >= batchSpans)
                await SendAsync(batchSpans, cancellationToken);
        }
        if (pending.Count > 0)
            await SendAsync(pending.Count, cancellationToken);
    }

    private void Read(JsonRecord record)
    {
        try
        {
            pending.AddRange(SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, record.Bytes, builder)));
        }
        catch (SpanFormatException error)
        {
            IsComplete = false;
            context.WriteErrors(string.Create(CultureInfo.InvariantCulture, $"line {record.Line}: {error.Message}"));
        }
    }

    private async Task SendAsync(int count, CancellationToken cancellationToken)
    {
        EncodedSpans request = SpanEncoder.Encode(SpanProtocol.Of(SpanProtocolKind.OtlpHttp), pending[..count], isGzip: true).Single();
        pending.RemoveRange(0, count);
        SendAnswer answer = await retrying.SendAsync(request.Body, onAnswer: null, cancellationToken, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (answer.MayRetry)
            throw new IOException($"given up after {RetryingSender.AttemptsDefault} attempts: {answer.Reason}");
        if (!answer.IsAccepted)
        {
            Lost(count, answer.Reason);
            return;
        }
        Requests++;
        Spans += count - answer.RejectedSpans;
        if (answer.RejectedSpans > 0)
            Lost(answer.RejectedSpans, "rejected");
    }

    private void Lost(long count, string reason)
    {
        IsComplete = false;
        context.WriteErrors(string.Create(CultureInfo.InvariantCulture, $"{count:N0} spans lost: {reason}"));
    }
}
