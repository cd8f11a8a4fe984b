using System.Threading.Channels;
using Clew.Model;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// Applies records of the log in order, while the next ones are already being read, inflated and decoded by whoever gives them. Takes the memory of
/// <see cref="RecordsMax"/> decoded records, and no more however slowly they are applied. One use.
/// </summary>
internal sealed class LogReplay : IAsyncDisposable
{
    /// <summary>One that is applied, one that is decoded, and one in between, for records differ in what they cost.</summary>
    public const int RecordsMax = 3;

    private readonly Channel<LoggedBatchDecoder> free = Channel.CreateBounded<LoggedBatchDecoder>(RecordsMax);
    private readonly Channel<Decoded> decoded = Channel.CreateBounded<Decoded>(RecordsMax);
    private readonly Func<SpanBatch, long, ValueTask> apply;
    private readonly Action<long, Exception> onUndecodable;
    private readonly Task applying;

    /// <param name="apply">Is given each batch and its position, one at a time in the order of <see cref="AddAsync"/>. What it throws ends the replay.</param>
    /// <param name="onUndecodable">Is told of records no decoder can read; they are passed over.</param>
    public LogReplay(Func<SpanBatch, long, ValueTask> apply, Action<long, Exception> onUndecodable)
    {
        this.apply = apply;
        this.onUndecodable = onUndecodable;
        for (int i = 0; i < RecordsMax; i++)
            free.Writer.TryWrite(new LoggedBatchDecoder());
        applying = Task.Run(ApplyAllAsync);
    }

    /// <summary>Decodes a record, whose memory is not needed any more when this completes, and has it applied. One call at a time.</summary>
    /// <exception cref="ChannelClosedException">Applying an earlier one failed; <see cref="DisposeAsync"/> says of what.</exception>
    public async ValueTask AddAsync(long position, WalRecord record)
    {
        LoggedBatchDecoder decoder = await free.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        SpanBatch batch;
        try
        {
            batch = decoder.Decode(record);
        }
        catch (Exception exception) when (exception is SpanFormatException or InvalidDataException)
        {
            free.Writer.TryWrite(decoder);
            onUndecodable(position, exception);
            return;
        }
        // There is room for as many as there are decoders.
        decoded.Writer.TryWrite(new Decoded(position, batch, decoder));
    }

    /// <summary>Completes when all that was added is applied; throws what applying one of them threw.</summary>
    public async ValueTask DisposeAsync()
    {
        decoded.Writer.TryComplete();
        await applying.ConfigureAwait(false);
    }

    private async Task ApplyAllAsync()
    {
        try
        {
            await foreach (Decoded next in decoded.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await apply(next.Batch, next.Position).ConfigureAwait(false);
                free.Writer.TryWrite(next.Decoder);
            }
        }
        finally
        {
            // After a failure nothing must wait for a decoder any more.
            free.Writer.TryComplete();
        }
    }

    private readonly record struct Decoded(long Position, SpanBatch Batch, LoggedBatchDecoder Decoder);
}
