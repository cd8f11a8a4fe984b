using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Clew.Server.Commands.Transfer;

/// <summary>
/// Takes a stream apart into JSON values, one a line. When the first line holds only the beginning of a value, all that comes is one value
/// over many lines.
/// </summary>
internal sealed class JsonRecords(PipeReader reader, int recordBytesMax)
{
    private byte[] current = [];
    private bool isOneValue;
    private long line;

    /// <summary>The next value that is not an empty line, or null at the end. Valid until the next call.</summary>
    /// <exception cref="InvalidDataException">A value is larger than allowed; nothing can be read after it.</exception>
    public async ValueTask<JsonRecord?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            SequencePosition? end = isOneValue ? null : buffer.PositionOf((byte)'\n');
            if (end is { } newline)
            {
                ReadOnlySequence<byte> found = buffer.Slice(0, newline);
                if (line == 0 && IsBeginning(found))
                {
                    isOneValue = true;
                    reader.AdvanceTo(buffer.Start, found.End);
                    continue;
                }
                Take(found, buffer.GetPosition(1, newline));
            }
            else if (read.IsCompleted)
            {
                if (buffer.IsEmpty)
                    return null;
                Take(buffer, buffer.End);
            }
            else
            {
                if (buffer.Length > recordBytesMax)
                    throw new InvalidDataException($"line {line + 1}: longer than {recordBytesMax >> 20} MiB");
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            if (current.Length > 0)
                return new JsonRecord(current, line);
        }
    }

    private void Take(ReadOnlySequence<byte> record, SequencePosition next)
    {
        line++;
        byte[] bytes = record.ToArray();
        current = bytes.AsSpan().TrimEnd("\r\n "u8).Length is var length && length < bytes.Length ? bytes[..length] : bytes;
        reader.AdvanceTo(next);
    }

    private static bool IsBeginning(ReadOnlySequence<byte> text)
    {
        var json = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            bool any = false;
            while (json.Read())
            {
                any = true;
                if (json.CurrentDepth == 0 && json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                    return false;
            }
            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <param name="Bytes">One JSON value, as far as it is one.</param>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record JsonRecord(ReadOnlyMemory<byte> Bytes, long Line);
